import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../create/command-line.ts';
import { resolveAnswers } from '../../../lib/options/resolve.ts';
import { canonicalFlags } from '../../../lib/options/raw-options.ts';
import { repeatCommand } from '../../../lib/options/repeat-command.ts';

describe('repeatCommand', () => {
  it('names the folder, and what differs from the defaults', () => {
    expect(repeatCommand('yo clean-flask-ts', canonicalFlags({ port: 7000 }))).toBe(
      'yo clean-flask-ts my-service --yes',
    );
    expect(
      repeatCommand(
        'yo clean-flask-ts',
        canonicalFlags({ name: '../orders', prefix: 'a/', features: 'none', example: false }),
      ),
    ).toBe('yo clean-flask-ts ../orders --prefix /a --features none --no-example --yes');
  });

  it.skipIf(process.platform === 'win32')('means the same to a shell', () => {
    const flags = canonicalFlags({
      ...{ name: 'shop', description: `It's "$HOME" \`x\` \\ & * 🙂`, port: '8080', git: false },
      ...{ features: 'kubernetes,docker', skipCheck: true },
    });
    const print = `${process.execPath} -e 'console.log(JSON.stringify(process.argv.slice(1)))' --`;
    const words: string[] = JSON.parse(
      execFileSync('sh', ['-c', repeatCommand(print, flags)], { encoding: 'utf8' }),
    );

    expect(resolveAnswers(parseCommandLine(words).flags)).toEqual(resolveAnswers(flags));
  });
});
