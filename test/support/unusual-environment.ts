import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';
import { writeFiles } from './write-files.ts';

/** Variables that shells, editors and pipelines set. None of them may change how a test ends. */
export function unusualEnvironment(): NodeJS.ProcessEnv {
  const folder = temporaryFolder();
  writeFiles(folder, { 'preload.cjs': `console.error('printed at each start of Node.js');` });
  return {
    CI: 'true',
    FORCE_COLOR: '1',
    NODE_ENV: 'production',
    NODE_OPTIONS: `--trace-warnings --require ${JSON.stringify(join(folder, 'preload.cjs'))}`,
    NODE_EXTRA_CA_CERTS: join(folder, 'absent.pem'),
    TZ: 'Asia/Kolkata',
    COLUMNS: '20',
    npm_config_loglevel: 'verbose',
    npm_config_production: 'true',
    DATABASE_URL: 'nonsense',
    DIRECT_DATABASE_URL: 'nonsense',
    SHADOW_DATABASE_URL: 'nonsense',
    PGHOST: 'nowhere.invalid',
    PGOPTIONS: '-c nonsense=1',
    HOST: 'x86_64-conda-linux-gnu',
    PORT: 'nonsense',
    LOG_LEVEL: 'nonsense',
    SERVICE_PREFIX: '#',
    GIT_DIR: join(folder, 'absent'),
    PRISMA_SCHEMA_ENGINE_BINARY: join(folder, 'absent'),
  };
}
