import { type Config, loadConfig } from '../../src/config.ts';

/** Environment variables that differ from the default. */
export type Settings = Readonly<Record<string, string | number>>;

/** Limits that only a hang reaches: a busy machine may be slow. */
export const LENIENT_LIMITS = {
  DATABASE_ACQUIRE_TIMEOUT_MS: '600000',
  DATABASE_STATEMENT_TIMEOUT_MS: '600000',
  REQUEST_TIMEOUT_MS: '600000',
  HANDLER_TIMEOUT_MS: '600000',
  SHUTDOWN_TIMEOUT_MS: '600000',
};

const DEFAULTS = {
  ...LENIENT_LIMITS,
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  LOG_LEVEL: 'silent',
  SERVICE_PREFIX: '/',
};

/** The default configuration with lenient limits, without a service prefix and without logs. */
export function testConfig(settings: Settings): Config {
  const variables: Settings = { ...DEFAULTS, ...settings };
  const texts = Object.entries(variables).map(([name, value]) => [name, String(value)] as const);
  return loadConfig(Object.fromEntries(texts));
}
