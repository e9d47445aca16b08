import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../../../lib/process/child-environment.ts';
import { packageRoot } from '../../../lib/package-root.ts';
import { renderedText } from '../../support/rendered.ts';

const LIBPQ = [
  ...['PGHOST', 'PGHOSTADDR', 'PGPORT', 'PGDATABASE', 'PGUSER', 'PGPASSWORD', 'PGPASSFILE'],
  ...['PGSERVICE', 'PGSERVICEFILE', 'PGOPTIONS', 'PGAPPNAME', 'PGSSLMODE', 'PGSSLCERT', 'PGTZ'],
  ...['PGCONNECT_TIMEOUT', 'PGTARGETSESSIONATTRS', 'PGDATESTYLE', 'PGCLIENTENCODING'],
];

/** What the configuration of a made service reads. */
function configurationNames(): string[] {
  const text = renderedText({ name: 'orders' }).get('src/config.ts') ?? '';
  const names = [...text.matchAll(/^ {2}([A-Z][A-Z_]+): Type\./gm)].map(([, name = '']) => name);
  expect(names).toContain('DATABASE_URL');
  expect(names.length).toBeGreaterThan(10);
  return names;
}

describe('childEnvironment', () => {
  it.each([
    'NODE_ENV',
    'NODE_DEBUG',
    'NODE_PATH',
    'VITEST',
    'VITEST_POOL_ID',
    'TSX_TSCONFIG_PATH',
    'INIT_CWD',
    'npm_lifecycle_event',
    'npm_package_name',
    'npm_config_omit',
    'NPM_CONFIG_OMIT',
    'npm_config_local_prefix',
    'npm_config_dry_run',
    'npm_config_bin_links',
    'npm_config_ignore_scripts',
    'DATABASE_URL',
    'DIRECT_DATABASE_URL',
    'DIRECT_URL',
    'SHADOW_DATABASE_URL',
    'database_url',
    'PRISMA_SCHEMA_ENGINE_BINARY',
    'PRISMA_QUERY_ENGINE_LIBRARY',
    'DEBUG',
    'FORCE_COLOR',
    'CLICOLOR_FORCE',
    ...LIBPQ,
  ])('drops %s', (name) => {
    expect(childEnvironment({ [name]: 'x' })).toEqual({ NO_COLOR: '1' });
  });

  it.each([
    'HOME',
    'npm_config_registry',
    'npm_config_cache',
    'HTTPS_PROXY',
    'NODE_EXTRA_CA_CERTS',
    'TEST_DATABASE_URL',
    'TEST_DATABASE',
    'PRISMA_ENGINES_MIRROR',
    'PG_COLOR',
    'PG',
    'DOCKER_HOST',
    'GIT_AUTHOR_NAME',
    'GIT_CEILING_DIRECTORIES',
    'HOSTNAME',
  ])('keeps %s', (name) => {
    expect(childEnvironment({ [name]: 'x' })).toEqual({ [name]: 'x', NO_COLOR: '1' });
  });

  it('drops everything that the service reads', () => {
    const environment = Object.fromEntries(configurationNames().map((name) => [name, 'x']));
    expect(childEnvironment(environment)).toEqual({ NO_COLOR: '1' });
  });

  it('drops what names the repository of a git hook', async () => {
    const { stdout } = await execa('git', ['rev-parse', '--local-env-vars']);
    const names = stdout.split('\n');
    expect(names).toContain('GIT_ALTERNATE_OBJECT_DIRECTORIES');
    const environment = Object.fromEntries(names.map((name) => [name, 'x']));
    expect(childEnvironment(environment)).toEqual({ NO_COLOR: '1' });
  });

  it('keeps of NODE_OPTIONS what holds for every program', () => {
    const NODE_OPTIONS = '--inspect --max-old-space-size=4096 --require ./x.cjs --use-openssl-ca';
    expect(childEnvironment({ NODE_OPTIONS })).toEqual({
      NODE_OPTIONS: '--max-old-space-size=4096 --use-openssl-ca',
      NO_COLOR: '1',
    });
  });

  it.each(['PATH', 'Path'])('takes the tools of this package out of %s', (name) => {
    const own = join(packageRoot, 'node_modules', '.bin');
    expect(childEnvironment({ [name]: [own, 'a', 'b'].join(delimiter) })).toEqual({
      [name]: ['a', 'b'].join(delimiter),
      NO_COLOR: '1',
    });
  });
});
