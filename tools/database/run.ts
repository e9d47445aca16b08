import { generate } from './generate.ts';
import { runProgram } from './programs.ts';
import { UsageError } from './usage-error.ts';
import { withDatabase } from './with-database.ts';

const FLAGS = ['--generated', '--migrated', '--token'];

/**
 * Runs a program with DATABASE_URL set, as the usage of the command line says.
 *
 * @returns the exit status
 */
export async function run(commandArguments: readonly string[]): Promise<number> {
  const index = commandArguments.findIndex((argument) => !argument.startsWith('--'));
  const flags = index < 0 ? commandArguments : commandArguments.slice(0, index);
  const unknown = flags.find((flag) => !FLAGS.includes(flag));
  if (unknown !== undefined) throw new UsageError(`Unknown option "${unknown}"`);
  const [program, ...programArguments] = index < 0 ? [] : commandArguments.slice(index);
  if (program === undefined) throw new UsageError('Missing program');
  if (flags.includes('--generated')) {
    const status = await generate();
    if (status !== 0) return status;
  }
  const needs = { migrated: flags.includes('--migrated'), token: flags.includes('--token') };
  return withDatabase(needs, (signal) => runProgram(program, programArguments, { signal }));
}
