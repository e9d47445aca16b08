import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../../generators/app/child-environment.ts';
import { packageRoot } from '../../generators/app/package-root.ts';

describe('childEnvironment', () => {
  it.each([
    'NODE_ENV',
    'VITEST',
    'VITEST_POOL_ID',
    'INIT_CWD',
    'npm_lifecycle_event',
    'npm_package_name',
    'npm_config_omit',
    'NPM_CONFIG_OMIT',
    'npm_config_local_prefix',
    'npm_config_dry_run',
    'npm_config_ignore_scripts',
    'GIT_DIR',
    'FORCE_COLOR',
  ])('drops %s', (name) => {
    expect(childEnvironment({ [name]: 'x' })).toEqual({ NO_COLOR: '1' });
  });

  it.each(['HOME', 'npm_config_registry', 'npm_config_cache', 'HTTPS_PROXY', 'TEST_DATABASE_URL'])(
    'keeps %s',
    (name) => {
      expect(childEnvironment({ [name]: 'x' })).toEqual({ [name]: 'x', NO_COLOR: '1' });
    },
  );

  it.each(['PATH', 'Path'])('takes the tools of this package out of %s', (name) => {
    const own = join(packageRoot, 'node_modules', '.bin');
    expect(childEnvironment({ [name]: [own, 'a', 'b'].join(delimiter) })).toEqual({
      [name]: ['a', 'b'].join(delimiter),
      NO_COLOR: '1',
    });
  });
});
