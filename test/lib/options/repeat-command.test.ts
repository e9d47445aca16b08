import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../../create/command-line.ts';
import { options } from '../../../generators/app/options.ts';
import { repeatCommand, resumeCommand } from '../../../lib/options/repeat-command.ts';
import { resolveOptions } from '../../../lib/options/resolve.ts';
import { appOptions, rawAppOptions } from '../../support/app-options.ts';

describe('repeatCommand', () => {
  it.each([
    [{ port: 7000, resume: true }, 'my-service --yes'],
    [
      { name: '../orders', prefix: 'a/', features: 'none', example: false },
      '../orders --prefix /a --features none --no-example --yes',
    ],
  ])('of %j names the directory, and what differs from the defaults', (received, line) => {
    expect(repeatCommand('yo clean-flask-ts', appOptions, rawAppOptions(received))).toBe(
      `yo clean-flask-ts ${line}`,
    );
  });

  it.skipIf(process.platform === 'win32')('means the same to a shell', () => {
    const raw = rawAppOptions({
      ...{ name: 'shop', description: `It's "$HOME" \`x\` \\ & * 🙂`, port: '8080', git: false },
      ...{ features: 'kubernetes,docker', skipCheck: true },
    });
    const print = `${process.execPath} -e 'console.log(JSON.stringify(process.argv.slice(1)))' --`;
    const line = repeatCommand(print, appOptions, raw);
    const words: string[] = JSON.parse(execFileSync('sh', ['-c', line], { encoding: 'utf8' }));

    expect(resolveOptions(appOptions, parseCommandLine(appOptions, words).raw)).toEqual({
      ...resolveOptions(appOptions, raw),
      yes: true,
    });
  });
});

describe('resumeCommand', () => {
  it.each([
    [{ name: 'shop', port: 1 }, 'shop --continue'],
    [{}, 'my-service --continue'],
  ])('of %j names the directory only', (received, line) => {
    expect(resumeCommand('yo clean-flask-ts', options.directory, rawAppOptions(received))).toBe(
      `yo clean-flask-ts ${line}`,
    );
  });
});
