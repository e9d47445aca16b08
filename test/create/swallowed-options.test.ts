import { describe, expect, it } from 'vitest';
import { INVOCATION } from '../../create/invocation.ts';
import { checkSwallowedOptions } from '../../create/swallowed-options.ts';
import { appOptions, rawAppOptions } from '../support/app-options.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const npm = { npm_command: 'exec', npm_config_prefix: '/usr', npm_config_fund: '' };
const typed = rawAppOptions({ name: 'shop' });

/** The error where the run cannot prompt. */
function refusal(environment: Record<string, string>, raw = typed): unknown {
  try {
    return checkSwallowedOptions(INVOCATION, appOptions, raw, { ...npm, ...environment }, false);
  } catch (error) {
    return error;
  }
}

describe('checkSwallowedOptions', () => {
  it.each([
    [{ npm_config_yes: 'true' }, '--yes', 'shop --yes'],
    [{ npm_config_json: 'true', npm_config_yes: 'true' }, '--json, --yes', 'shop --json --yes'],
    [{ npm_config_skip_install: 'true' }, '--skip-install', 'shop --skip-install'],
    [{ npm_config_port: '8080' }, '--port', 'shop --port 8080'],
    [{ npm_config_features: 'none' }, '--features', 'shop --features none'],
    [{ npm_config_git: 'false' }, '--no-git', 'shop --no-git'],
    [{ npm_config_example: '' }, '--no-example', 'shop --no-example'],
    [{ npm_config_on_conflict: 'keep' }, '--on-conflict', 'shop --on-conflict keep'],
  ])('refuses %j, and prints the line that works', (environment, names, line) => {
    expect(refusal(environment)).toMatchObject({
      code: 2,
      reason: `npm consumed ${names}, because -- is missing before.`,
      hint: `Nothing was written. Use: npm create clean-flask-ts@latest "--" ${line}`,
    });
  });

  it.each([
    [{ npm_config_yes: '' }],
    [{ npm_config_yes: 'false' }],
    [{ npm_config_git: '/usr/bin/git' }],
    [{ npm_config_description: 'true' }],
    [{ npm_config_registry: 'https://registry.example.org' }],
  ])('ignores %j, which npm sets itself', (environment) => {
    expect(refusal(environment)).toBeUndefined();
  });

  it('ignores what was typed as well', () => {
    const raw = rawAppOptions({ name: 'shop', yes: true });
    expect(refusal({ npm_config_yes: 'true' }, raw)).toBeUndefined();
  });

  it('only notes --yes where it can prompt, because .npmrc may hold it', () => {
    expect(
      checkSwallowedOptions(
        INVOCATION,
        appOptions,
        typed,
        { ...npm, npm_config_yes: 'true' },
        true,
      ),
    ).toBe(
      'npm consumed --yes, because -- is missing before. Use: npm create clean-flask-ts@latest "--" shop --yes',
    );
  });

  it('refuses any other also where it can prompt', () => {
    const environment = { ...npm, npm_config_yes: 'true', npm_config_port: '8080' };
    expect(() => checkSwallowedOptions(INVOCATION, appOptions, typed, environment, true)).toThrow(
      'npm consumed --port, --yes',
    );
  });

  it('reads nothing where npm did not start the run', () => {
    expect(
      checkSwallowedOptions(INVOCATION, appOptions, typed, { npm_config_yes: 'true' }, false),
    ).toBeUndefined();
  });

  it('keeps the subcommand in the line', async () => {
    const env = { npm_command: 'exec', npm_config_check: 'true' };
    const { exitCode, stderr } = await runCli(['update'], { cwd: temporaryFolder(), env });
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('Use: npm create clean-flask-ts@latest "--" update --check'),
    ]);
  });

  it('is called by the create command', async () => {
    const env = { npm_command: 'exec', npm_config_yes: 'true' };
    const { exitCode, stderr } = await runCli(['shop'], { cwd: temporaryFolder(), env });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('"--" shop --yes')]);
  });
});
