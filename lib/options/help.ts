import { exitStatus } from '../errors/exit-status.ts';
import { type Option, optionDefault, type OptionGroup, optionUsage } from './option.ts';
import { allOptions } from '../../generators/app/options.ts';

/** What each exit status means. */
export const statusMeanings = [
  [0, 'done, and checked unless told not to'],
  [exitStatus.unexpected, 'unexpected error'],
  [exitStatus.usage, 'an invalid option or folder, or a missing prerequisite; nothing was written'],
  [
    exitStatus.conflict,
    'the folder holds files that differ, or another run is using it; nothing was written',
  ],
  [exitStatus.installFailed, 'files written, but the install failed'],
  [exitStatus.checkFailed, 'files written and installed, but the self-check failed'],
  [exitStatus.interrupted, 'interrupted, or the output could not be written'],
] as const;

/** The help, for a door that is typed as `command`. */
export function helpText(command: string): string {
  const serviceRows = rowsOf('service');
  const rows = table([
    ...serviceRows,
    ...rowsOf('run'),
    ['--help', 'Print this help'],
    ['--version', 'Print the version'],
  ]);
  return [
    `Usage: ${command} [name] [options]`,
    '',
    'Makes a Fastify, Prisma and PostgreSQL REST service, installs it and proves it.',
    '',
    'The service:',
    ...rows.slice(0, serviceRows.length),
    '',
    'The run:',
    ...rows.slice(serviceRows.length),
    '',
    'Exit status:',
    ...table(statusMeanings.map(([status, meaning]) => [String(status).padStart(3), meaning])),
  ].join('\n');
}

function rowsOf(group: OptionGroup) {
  return allOptions
    .filter((option) => option.group === group)
    .map((option) => [optionUsage(option), describe(option)] as const);
}

function describe(option: Option<unknown>): string {
  const choices = option.choices ? `; from ${option.choices.join(', ')}` : '';
  const fallback = optionDefault(option);
  return `${option.help}${choices}${fallback && ` (default: ${fallback})`}`;
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
