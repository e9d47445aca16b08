import { parseArgs } from 'node:util';
import { type Command, EXIT, ManagementError, type OptionValues } from './command.ts';

/** What is asked for: a command to run, or a text to print. */
type Request = { command: Command; options: OptionValues } | { help: string };

const USAGE = `Usage: npm run manage -- COMMAND [OPTION …]
       node dist/management.js COMMAND [OPTION …]      where the service was built`;

const STATUSES = `Exit status:
  0  done
  1  it could not be done
  2  the command line is not acceptable; nothing was done
  3  migrate-in-window: a migration failed, and what was applied is undone
  4  migrate-in-window: a person has to see to the database`;

/**
 * Reads a command line. The name of a command may be written with underscores.
 *
 * @throws {ManagementError} when it is not acceptable
 */
export function parseCommandLine(args: readonly string[], commands: readonly Command[]): Request {
  const [word, ...rest] = args;
  if (word === undefined) throw usageError(`A command is missing\n\n${helpOf(commands)}`);
  if (['--help', '-h', 'help'].includes(word)) return { help: helpOf(commands) };
  const name = word.replaceAll('_', '-');
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) throw unknown('command', word, commands.map(nameOf));
  if (rest.some((argument) => ['--help', '-h'].includes(argument))) {
    return { help: helpOfCommand(command) };
  }
  return { command, options: parseOptions(rest, command) };
}

function parseOptions(args: string[], { name, options = {} }: Command): OptionValues {
  const types = Object.entries(options).map(
    ([option, { value }]) =>
      [option, { type: value === undefined ? 'boolean' : 'string' }] as const,
  );
  try {
    return parseArgs({ args, options: Object.fromEntries(types) }).values;
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error)) throw error;
    const [problem = ''] = error.message.split(/[.\n]/);
    const [, given] = /^Unknown option '(.+)'/.exec(problem) ?? [];
    const known = Object.keys(options).map((option) => `--${option}`);
    if (given !== undefined) throw unknown(`option of ${name}`, given, known);
    throw usageError(`${problem}. See: ${name} --help`);
  }
}

function unknown(kind: string, word: string, known: readonly string[]): ManagementError {
  const choice = known.length === 0 ? 'It has none' : `There are: ${known.join(', ')}`;
  return usageError(`There is no ${kind} "${word}". ${choice}`);
}

function usageError(message: string): ManagementError {
  return new ManagementError(message, EXIT.usage);
}

function helpOf(commands: readonly Command[]): string {
  const rows = commands.map(({ name, description }) => [name, description] as const);
  return `${USAGE}\n\nCommands:\n${table(rows)}\n\nCOMMAND --help tells its options.\n\n${STATUSES}`;
}

function helpOfCommand({ name, description, options = {} }: Command): string {
  const rows = Object.entries(options).map(
    ([option, { value, description: meaning }]) =>
      [value === undefined ? `--${option}` : `--${option} ${value}`, meaning] as const,
  );
  const optionsHelp = rows.length === 0 ? '' : `\n\nOptions:\n${table(rows)}`;
  return `${USAGE.replaceAll('COMMAND', name)}\n\n${description}${optionsHelp}`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}

function nameOf({ name }: Command): string {
  return name;
}
