import { type Config, loadConfig } from '../../src/config.ts';

/** The default configuration, without a service prefix and without logs. */
export function testConfig(settings: Partial<Config>): Config {
  const { DATABASE_URL = 'postgresql://nobody@127.0.0.1:1/none' } = settings;
  return { ...loadConfig({ DATABASE_URL, LOG_LEVEL: 'silent' }), SERVICE_PREFIX: '', ...settings };
}
