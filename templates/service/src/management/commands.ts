import { setTimeout as sleep } from 'node:timers/promises';
import type { Dependencies } from '../dependency-container.ts';
import { type Command, drainMilliseconds, EXIT, type OptionValues } from './command.ts';
import { migrateInWindow } from './migrate-in-window.ts';

/** All management commands, as the help lists them. */
export const commands: readonly Command[] = [
  {
    name: 'activate-maintenance-mode',
    description: 'Open the maintenance window: all instances refuse requests with 503',
    options: {
      reason: { value: 'TEXT', description: 'Reason that GET /v1/service-context shows' },
      wait: { description: 'Wait until no instance is processing a request' },
    },
    run: activate,
  },
  {
    name: 'deactivate-maintenance-mode',
    description: 'Close the maintenance window',
    run: deactivate,
  },
  {
    name: 'show-db-tables',
    description: 'Print the names of the tables in the database',
    run: showTables,
  },
  {
    name: 'print-config',
    description: 'Print the configuration with secrets masked',
    run: printConfig,
  },
  {
    name: 'migrate-in-window',
    description: 'Apply the pending migrations in a maintenance window and undo them on failure',
    run: migrateInWindow,
  },
];

async function activate(
  { serviceContextService, config }: Pick<Dependencies, 'serviceContextService' | 'config'>,
  { reason, wait }: OptionValues,
): Promise<number> {
  await serviceContextService.change({
    maintenance: true,
    ...(typeof reason === 'string' && { reason }),
  });
  console.log('The maintenance window is open.');
  if (!wait) return EXIT.done;
  const drain = drainMilliseconds(config);
  console.log(`Waiting ${drain} ms for requests in flight.`);
  await sleep(drain);
  return EXIT.done;
}

async function deactivate({
  serviceContextService,
}: Pick<Dependencies, 'serviceContextService'>): Promise<number> {
  await serviceContextService.change({ maintenance: false });
  console.log('The maintenance window is closed.');
  return EXIT.done;
}

async function showTables({ database }: Pick<Dependencies, 'database'>): Promise<number> {
  printLines(await database.tableNames());
  return EXIT.done;
}

function printConfig({ config }: Pick<Dependencies, 'config'>): number {
  printLines(config.printable);
  return EXIT.done;
}

function printLines(lines: readonly string[]): void {
  if (lines.length > 0) console.log(lines.join('\n'));
}
