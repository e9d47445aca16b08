import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, Environment } from '../config.ts';
import type { Dependencies } from '../dependency-container.ts';
import { drainMilliseconds } from '../http/maintenance.ts';
import { type Command, EXIT, type OptionValues } from './command.ts';
import { migrateInWindow } from './migrate-in-window.ts';

/** All management commands; the help is made of them. */
export const commands: readonly Command[] = [
  {
    name: 'activate-maintenance-mode',
    description: 'Opens the maintenance window: all instances refuse requests with 503',
    options: {
      reason: { value: 'TEXT', description: 'Why, which GET /v1/service-context shows' },
      wait: { description: 'Ends only when no instance works on a request any more' },
    },
    run: activate,
  },
  {
    name: 'deactivate-maintenance-mode',
    description: 'Closes the maintenance window',
    run: deactivate,
  },
  {
    name: 'show-db-tables',
    description: 'Prints the names of the tables in the database',
    run: showTables,
  },
  {
    name: 'print-config',
    description: 'Prints the configuration, without its secrets',
    run: printConfig,
  },
  {
    name: 'migrate-in-window',
    description:
      'Applies the pending migrations in a maintenance window, and undoes them on failure',
    run: migrateInWindow,
  },
];

async function activate(
  { serviceContextService, config }: Dependencies,
  { reason, wait }: OptionValues,
): Promise<number> {
  await serviceContextService.change({
    maintenance: true,
    ...(typeof reason === 'string' && { reason }),
  });
  console.log('The maintenance window is open.');
  if (!wait) return EXIT.done;
  const drain = drainMilliseconds(config);
  console.log(`Waiting ${drain} ms until no instance works on a request any more.`);
  await sleep(drain);
  return EXIT.done;
}

async function deactivate({ serviceContextService }: Dependencies): Promise<number> {
  await serviceContextService.change({ maintenance: false });
  console.log('The maintenance window is closed.');
  return EXIT.done;
}

async function showTables({ database }: Dependencies): Promise<number> {
  printLines(await database.tableNames());
  return EXIT.done;
}

function printConfig({ config }: Dependencies): number {
  const names = Object.keys(Environment.properties) as (keyof Config)[];
  printLines(
    names.map(
      (name) => `${name}=${isSecret(name) && config[name] !== '' ? '********' : config[name]}`,
    ),
  );
  return EXIT.done;
}

function isSecret(name: keyof Config): boolean {
  return 'secret' in Environment.properties[name];
}

function printLines(lines: readonly string[]): void {
  if (lines.length > 0) console.log(lines.join('\n'));
}
