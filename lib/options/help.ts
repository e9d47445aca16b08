import { statusMeanings } from '../errors/exit-status.ts';
import { type Option, optionDefault, type OptionTable, optionUsage } from './option.ts';
import { type SharedOption, sharedWithout } from './shared-options.ts';

/** What the help says of one generator. */
export interface HelpSubject {
  /** What the generator does, in one sentence. */
  readonly summary: string;
  /** Its own options. */
  readonly options: OptionTable;
  /** The shared ones that it does not take. */
  readonly omits?: readonly SharedOption[];
}

/** The help of a generator that is typed as `invocation`. */
export function helpText(invocation: string, { summary, options, omits }: HelpSubject): string {
  const ownRows = rowsOf(options);
  const rows = table([
    ...ownRows,
    ...rowsOf(sharedWithout(omits)),
    ['--help', 'Print this help'],
    ['--version', 'Print the version'],
  ]);
  const positionals = Object.values(options).filter(({ positional }) => positional);
  return [
    `Usage: ${[invocation, ...positionals.map(optionUsage), '[options]'].join(' ')}`,
    '',
    summary,
    '',
    'Options:',
    ...rows.slice(0, ownRows.length),
    '',
    'Run options:',
    ...rows.slice(ownRows.length),
    '',
    'Exit status:',
    ...table(statusMeanings.map(([status, meaning]) => [String(status).padStart(3), meaning])),
  ].join('\n');
}

function rowsOf(options: OptionTable) {
  return Object.values(options).map((option) => [optionUsage(option), describe(option)] as const);
}

function describe(option: Option<unknown>): string {
  const choices = option.choices ? `; allowed: ${option.choices.join(', ')}` : '';
  const fallback = optionDefault(option);
  return `${option.help}${choices}${fallback && ` (default: ${fallback})`}`;
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
