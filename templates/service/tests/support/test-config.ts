import { type Config, loadConfig } from '../../src/config.ts';

/** Environment variables that differ from the default. */
export type Settings = Readonly<Record<string, string | number>>;

const DEFAULTS = {
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  LOG_LEVEL: 'silent',
  SERVICE_PREFIX: '/',
};

/** The default configuration, without a service prefix and without logs. */
export function testConfig(settings: Settings): Config {
  const variables: Settings = { ...DEFAULTS, ...settings };
  const texts = Object.entries(variables).map(([name, value]) => [name, String(value)] as const);
  return loadConfig(Object.fromEntries(texts));
}
