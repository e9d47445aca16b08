import { parseArgs } from 'node:util';
import { type Command, EXIT, ManagementError, type OptionValues } from './command.ts';

/** What is asked for: a command to run, or a text to print. */
type Request = { command: Command; options: OptionValues } | { help: string };

type OptionToken = Extract<ReturnType<typeof parseTokens>['tokens'][number], { kind: 'option' }>;

const USAGE = `Usage: npm run manage -- COMMAND [OPTION …]
       node dist/management.js COMMAND [OPTION …]      after a build`;

const STATUSES = `Exit status:
  0  done
  1  failed
  2  invalid command line; nothing was done
  3  migrate-in-window: a migration failed and this run was rolled back
  4  migrate-in-window: manual intervention required`;

/**
 * Reads a command line. The name of a command may be written with underscores.
 *
 * @throws {ManagementError} when it is invalid
 */
export function parseCommandLine(args: readonly string[], commands: readonly Command[]): Request {
  const [word, ...rest] = args;
  if (word === undefined) throw usageError(`Missing command\n\n${helpOf(commands)}`);
  if (['--help', '-h', 'help'].includes(word)) return { help: helpOf(commands) };
  const name = word.replaceAll('_', '-');
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const names = commands.map((candidate) => candidate.name).join(', ');
    throw usageError(`Unknown command "${word}". Available commands: ${names}`);
  }
  if (rest.some((argument) => ['--help', '-h'].includes(argument))) {
    return { help: helpOfCommand(command) };
  }
  return { command, options: parseOptions(rest, command) };
}

function parseOptions(args: string[], command: Command): OptionValues {
  const { tokens, values } = parseTokens(args, command);
  for (const token of tokens) {
    const problem =
      token.kind === 'positional'
        ? `Unexpected argument "${token.value}"`
        : token.kind === 'option' && problemOf(token, command);
    if (problem) throw usageError(`${problem}. See: ${command.name} --help`);
  }
  return values;
}

function parseTokens(args: string[], { options = {} }: Command) {
  const types = Object.entries(options).map(
    ([option, { value }]) =>
      [option, { type: value === undefined ? 'boolean' : 'string' }] as const,
  );
  return parseArgs({ args, options: Object.fromEntries(types), tokens: true, strict: false });
}

function problemOf(
  { name, rawName, value, inlineValue }: OptionToken,
  { options = {} }: Command,
): string | undefined {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) return `Unknown option "${rawName}"`;
  if (option.value === undefined) return value && `The option ${rawName} takes no value`;
  const isMissing = value === undefined || (!inlineValue && value.startsWith('-'));
  return isMissing
    ? `The option ${rawName} requires a value: ${rawName}=${option.value}`
    : undefined;
}

function usageError(message: string): ManagementError {
  return new ManagementError(message, EXIT.usage);
}

function helpOf(commands: readonly Command[]): string {
  const rows = commands.map(({ name, description }) => [name, description] as const);
  return `${USAGE}\n\nCommands:\n${table(rows)}\n\nCOMMAND --help shows its options.\n\n${STATUSES}`;
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
