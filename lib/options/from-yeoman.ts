import { canonicalFlags, type Flags } from './raw-options.ts';

// What `yo` and Yeoman pass along with the person's own flags.
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

/** The flags that a person gave, as they reach a generator. */
export function yeomanFlags(args: readonly string[], options: object): Flags {
  const given = [...canonicalFlags({ ...options })].filter(([name]) => !YEOMANS_OWN.has(name));
  const [name, ...more] = args;
  if (name === undefined) return new Map(given);
  return new Map([...given, ['name', more.length === 0 ? name : args]]);
}
