import type { Parsed } from './option.ts';

const REPEATED = 'provided more than once; expected once.';

/** Parses one line of text; entry points that guess types pass numbers as such. */
export function parseText(raw: unknown): Parsed<string> {
  if (typeof raw === 'number') return { value: String(raw) };
  if (typeof raw === 'string') return { value: raw.trim() };
  return { problem: Array.isArray(raw) ? REPEATED : 'missing value.' };
}

/** Parses any number of texts. */
export function parseTexts(raw: unknown): Parsed<readonly string[]> {
  const parsed = [raw].flat().map(parseText);
  const problem = parsed.find((each) => 'problem' in each);
  if (problem !== undefined) return problem;
  return { value: Object.freeze(parsed.flatMap((each) => ('value' in each ? [each.value] : []))) };
}

/** Parses a switch; some entry points pass `--x=false` as text. */
export function parseSwitch(raw: unknown): Parsed<boolean> {
  if (raw === true || raw === 'true') return { value: true };
  if (raw === false || raw === 'false') return { value: false };
  if (Array.isArray(raw)) return { problem: REPEATED };
  return {
    problem: `unexpected value ${quote(raw)}: expected none. Place a name before this option.`,
  };
}

/** Parses a TCP port. */
export function parsePort(raw: unknown): Parsed<number> {
  const text = parseText(raw);
  if ('problem' in text) return text;
  const port = /^\d{1,5}$/.test(text.value) ? Number(text.value) : NaN;
  return port >= 1 && port <= 65_535
    ? { value: port }
    : { problem: `invalid port ${quote(text.value)}: expected an integer from 1 to 65535.` };
}

/** Parses one of the choices. */
export function parseChoice<T extends string>(choices: readonly T[]): (raw: unknown) => Parsed<T> {
  return (raw) => {
    const text = parseText(raw);
    if ('problem' in text) return text;
    const value = choices.find((choice) => choice === text.value);
    return value === undefined
      ? { problem: `invalid value ${quote(text.value)} (allowed: ${choices.join(', ')}).` }
      : { value };
  };
}

/** Parses a comma-separated list of choices, or `none`; the result is in the order of the choices. */
export function parseList<T extends string>(
  choices: readonly T[],
): (raw: unknown) => Parsed<readonly T[]> {
  return (raw) => {
    const text = parseText(raw);
    if ('problem' in text) return text;
    const words = text.value.split(',').map((word) => word.trim());
    if (text.value === '' || text.value === 'none') return { value: Object.freeze([]) };
    const known: readonly string[] = choices;
    const invalid = words.filter((word) => !known.includes(word));
    if (invalid.length > 0) {
      const what = `invalid value${invalid.length > 1 ? 's' : ''} ${invalid.map(quote).join(', ')}`;
      return { problem: `${what} (allowed: ${choices.join(', ')}, or none).` };
    }
    return { value: Object.freeze(choices.filter((choice) => words.includes(choice))) };
  };
}

/** Quotes typed text, on one line. */
export function quote(raw: unknown): string {
  return JSON.stringify(String(raw));
}
