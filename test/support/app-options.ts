import { appDefinition } from '../../generators/app/definition.ts';
import { type RawOptions, rawOptions } from '../../lib/options/raw-options.ts';
import { allOptions } from '../../lib/run/prepare.ts';

/** All options of the default generator. */
export const appOptions = allOptions(appDefinition);

/** Options of the default generator, as an entry point receives them. */
export function rawAppOptions(received: Readonly<Record<string, unknown>>): RawOptions {
  return rawOptions(appOptions, received);
}
