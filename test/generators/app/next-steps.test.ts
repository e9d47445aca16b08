import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveAnswers } from '../../../lib/options/resolve.ts';
import { canonicalFlags } from '../../../lib/options/raw-options.ts';
import { nextSteps } from '../../../generators/app/next-steps.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

const after = (raw: Record<string, unknown>) =>
  nextSteps(resolveAnswers(canonicalFlags(raw)), 'the same');

describe('nextSteps', () => {
  it('says what to type', () => {
    expect(after({ name: 'orders', prefix: '/shop', port: 8080 })).toBe(
      [
        '',
        'Next:',
        '  cd orders',
        '  npm run dev    # http://localhost:8080/shop/v1/todo and http://localhost:8080/shop/docs',
        '  npm test',
        '',
        'Again: the same',
      ].join('\n'),
    );
  });

  it('says that nothing was installed', () => {
    expect(after({ skipInstall: true, noExample: true })).toBe(
      [
        '',
        'Nothing was installed, and nothing was proved: the files are only written.',
        '',
        'Next:',
        '  cd my-service',
        '  npm ci',
        '  npm run dev    # http://localhost:7000/health/live and http://localhost:7000/docs',
        '  npm test',
        '',
        'Again: the same',
      ].join('\n'),
    );
  });

  it.each([
    ['npm', 'npm ci'],
    ['pnpm', 'pnpm install'],
  ])('says how %s installs', (packageManager, install) => {
    expect(after({ packageManager, skipInstall: true })).toContain(`\n  ${install}\n`);
  });

  it('says how the service is installed in a workspace, whose lock does not know it yet', () => {
    const root = temporaryFolder();
    writeFiles(root, { 'package.json': '{"workspaces": ["*"]}', 'package-lock.json': '' });
    const name = join(root, 'orders');

    expect(after({ name, skipInstall: true })).toContain('\n  npm install --ignore-scripts\n');
  });

  it('asks for a commit of a lock that the install made', () => {
    const packageManager = 'pnpm';

    expect(after({ packageManager })).toContain(
      '\n  git add pnpm-lock.yaml\n  git commit --message "Lock the dependencies"\n',
    );
    expect(after({ packageManager, git: false })).not.toContain('git add');
    expect(after({ packageManager, skipInstall: true })).not.toContain('git add');
  });

  it('says that nothing was proved', () => {
    expect(after({ skipCheck: true })).toContain('Nothing was proved: the self-check was skipped.');
  });
});
