import { generate } from './generate.ts';
import { migrate } from './migrate.ts';
import { run } from './run.ts';
import { UsageError } from './usage-error.ts';
import { watchProgram } from '../watch/watch.ts';

const USAGE = `Usage: node tools/database.mjs COMMAND

  generate
      Generates the Prisma client unless it is up to date.
  run [--generated] [--migrated] [--token] PROGRAM [ARGUMENT …]
      Runs node, prisma or tsx with DATABASE_URL set. If it is not set, an embedded PostgreSQL
      runs as long as the program does.
        --generated  generates the Prisma client before
        --migrated   applies pending migrations to an embedded database
        --token      generates a SERVICE_CONTEXT_TOKEN if none is set
  migrate --name NAME [ARGUMENT …]
      Creates a migration with its down.sql and applies it; takes what prisma migrate dev takes.
  watch PROGRAM.ts [ARGUMENT …]
      Runs a TypeScript program and restarts it when a file in its folder changes.`;

const COMMANDS: ReadonlyMap<string, (commandArguments: string[]) => Promise<number>> = new Map([
  ['generate', generate],
  ['run', run],
  ['migrate', migrate],
  ['watch', watchProgram],
]);

const [name = '', ...commandArguments] = process.argv.slice(2);
try {
  const command = COMMANDS.get(name);
  if (!command) throw new UsageError(name ? `Unknown command "${name}"` : 'Missing command');
  process.exitCode = await command(commandArguments);
} catch (error) {
  process.exitCode = report(error);
}

/** @returns the exit status */
function report(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  console.error(error instanceof Error ? error.message : error);
  return 1;
}
