import type { Parsed } from './option.ts';

/** Parses one line of text; numbers arrive as such from doors that guess types. */
export function parseText(raw: unknown): Parsed<string> {
  if (typeof raw === 'number') return { value: String(raw) };
  if (typeof raw === 'string') return { value: raw.trim() };
  if (Array.isArray(raw)) return { problem: 'was given more than once. Give it once.' };
  return { problem: 'needs a value.' };
}

/** Parses a switch; some doors hand `--x=false` over as text. */
export function parseSwitch(raw: unknown): Parsed<boolean> {
  if (raw === true || raw === 'true') return { value: true };
  if (raw === false || raw === 'false') return { value: false };
  if (Array.isArray(raw)) return { problem: 'was given more than once. Give it once.' };
  return { problem: `takes no value, but was given ${quote(raw)}. Write the name before it.` };
}

/** Parses a TCP port. */
export function parsePort(raw: unknown): Parsed<number> {
  const text = parseText(raw);
  if ('problem' in text) return text;
  const port = /^\d{1,5}$/.test(text.value) ? Number(text.value) : NaN;
  return port >= 1 && port <= 65_535
    ? { value: port }
    : { problem: `${quote(text.value)} is no port. Give a whole number from 1 to 65535.` };
}

/** Parses one of the choices. */
export function parseChoice<T extends string>(choices: readonly T[]): (raw: unknown) => Parsed<T> {
  return (raw) => {
    const text = parseText(raw);
    if ('problem' in text) return text;
    const value = choices.find((choice) => choice === text.value);
    return value === undefined
      ? { problem: `${quote(text.value)} is not a choice. Choose from ${choices.join(', ')}.` }
      : { value };
  };
}

/** Parses a comma list of choices, or `none`; the result is in the order of the choices. */
export function parseList<T extends string>(
  choices: readonly T[],
): (raw: unknown) => Parsed<readonly T[]> {
  return (raw) => {
    const text = parseText(raw);
    if ('problem' in text) return text;
    const words = text.value.split(',').map((word) => word.trim());
    if (text.value === '' || text.value === 'none') return { value: [] };
    const known: readonly string[] = choices;
    const wrong = words.filter((word) => !known.includes(word));
    if (wrong.length > 0) {
      const what = wrong.map(quote).join(', ');
      return { problem: `has no ${what}. Choose from ${choices.join(', ')}, or none.` };
    }
    return { value: choices.filter((choice) => words.includes(choice)) };
  };
}

/** Puts what a person typed in quotes, on one line. */
export function quote(raw: unknown): string {
  return JSON.stringify(String(raw));
}
