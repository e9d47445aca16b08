import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nextCommands } from '../../../generators/app/next-commands.ts';
import { options } from '../../../generators/app/options.ts';
import { valuesOf } from '../../../lib/options/resolve.ts';
import { sharedOptions } from '../../../lib/options/shared-options.ts';
import { nextStepsText } from '../../../lib/run/next-steps.ts';
import { rawAppOptions } from '../../support/app-options.ts';

/** What is printed after a run with these options. */
function after(received: Record<string, unknown>, isInWorkspace = false): string {
  const raw = rawAppOptions(received);
  const values = valuesOf(options, raw);
  const shared = valuesOf(sharedOptions, raw);
  const workspace = isInWorkspace ? { root: '/monorepo', manager: undefined } : undefined;
  const target = { directory: resolve(values.directory), workspace };
  return nextStepsText(nextCommands({ values, shared, target }), 'the same', shared);
}

describe('the next steps', () => {
  it('are commands that can be typed', () => {
    expect(after({ name: 'orders', prefix: '/shop', port: 8080 })).toBe(
      [
        '',
        'Next steps:',
        '  cd orders',
        '  npm run dev    # http://localhost:8080/shop/v1/todo and http://localhost:8080/shop/docs',
        '  npm test',
        '',
        'Repeat with: the same',
      ].join('\n'),
    );
  });

  it('begin with the install if that was skipped', () => {
    expect(after({ skipInstall: true, noExample: true })).toBe(
      [
        '',
        'The files are written; nothing was installed or checked.',
        '',
        'Next steps:',
        '  cd my-service',
        '  npm ci',
        '  npm run dev    # http://localhost:7000/health/live and http://localhost:7000/docs',
        '  npm test',
        '',
        'Repeat with: the same',
      ].join('\n'),
    );
  });

  it.each([
    ['npm', 'npm ci'],
    ['pnpm', 'pnpm install'],
  ])('with %s install by %s', (packageManager, install) => {
    expect(after({ packageManager, skipInstall: true })).toContain(`\n  ${install}\n`);
  });

  it('install in a workspace without its lock file, which does not contain the service yet', () => {
    expect(after({ skipInstall: true }, true)).toContain('\n  npm install --ignore-scripts\n');
  });

  it('commit a lock file that the install created', () => {
    const packageManager = 'pnpm';

    expect(after({ packageManager })).toContain(
      '\n  git add pnpm-lock.yaml\n  git commit --message "Lock the dependencies"\n',
    );
    expect(after({ packageManager, git: false })).not.toContain('git add');
    expect(after({ packageManager, skipInstall: true })).not.toContain('git add');
  });

  it('say that the checks were skipped', () => {
    expect(after({ skipCheck: true })).toContain('The checks were skipped.');
  });
});
