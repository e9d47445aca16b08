import { describe, expect, it } from 'vitest';
import { resolveAnswers } from '../../generators/app/answers.ts';
import { canonicalFlags } from '../../generators/app/flags.ts';
import { nextSteps } from '../../generators/app/next-steps.ts';

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

  it('says that nothing was proved', () => {
    expect(after({ skipCheck: true })).toContain('Nothing was proved: the self-check was skipped.');
  });
});
