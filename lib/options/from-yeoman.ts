import type { OptionTable } from './option.ts';
import { positionalOptions, type RawOptions, rawOptions } from './raw-options.ts';

// What `yo` and Yeoman add to the options that were typed.
const YEOMANS_OWN = new Set([
  '_meta',
  'ask-answered',
  'debug',
  'env',
  'force-install',
  'forward-error-to-environment',
  'help',
  'ignore-version-check',
  'local-config-only',
  'local-only',
  'namespace',
  'resolved',
  'shared-data',
  'skip-cache',
  'skip-check-env',
  'skip-local-cache',
  'skip-parse-options',
]);

/** The options that were typed, as they reach a Yeoman generator. */
export function optionsFromYeoman(
  table: OptionTable,
  args: readonly string[],
  received: object,
): RawOptions {
  const typed = [...rawOptions(table, { ...received })].filter(([name]) => !YEOMANS_OWN.has(name));
  return new Map([...typed, ...positionalOptions(table, args)]);
}
