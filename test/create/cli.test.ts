import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INVOCATION } from '../../create/invocation.ts';
import { appDefinition } from '../../generators/app/definition.ts';
import { helpText } from '../../lib/options/help.ts';
import { version } from '../../lib/package-root.ts';
import type { Report } from '../../lib/run/report.ts';
import { plantNpm } from '../support/plant-program.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { writeFiles } from '../support/write-files.ts';

describe('npm create', () => {
  it.each(['--help', '-h'])('prints the help on %s', async (flag) => {
    const result = await runCli(['x', flag], { cwd: temporaryFolder() });
    expect(result).toMatchObject({
      exitCode: 0,
      stdout: helpText(INVOCATION, appDefinition),
      stderr: '',
    });
  });

  it.each(['--version', '-v'])('prints the version on %s', async (flag) => {
    const result = await runCli([flag], { cwd: temporaryFolder() });
    expect(result).toMatchObject({ exitCode: 0, stdout: version, stderr: '' });
  });

  it('reports a run as one JSON document on standard output, and the rest on standard error', async () => {
    const cwd = temporaryFolder();
    const PATH = plantNpm(`if (args === 'run test') console.log('Test database: planted');`);
    const args = ['orders', '--yes', '--no-git', '--features', 'none', '--json'];
    const { exitCode, stdout, stderr } = await runCli(args, { cwd, env: { PATH } });

    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({
      ...{ status: 0, folder: join(cwd, 'orders'), database: 'planted', error: null },
      next: ['cd orders', 'npm run dev', 'npm test'],
      again: `${INVOCATION} orders --features none --no-git --json --yes`,
    });
    expect(report.steps.map(({ name }) => name)).toEqual([
      ...['write', 'install', 'generate', 'lint', 'types', 'test'],
    ]);
    expect(report.steps.filter(({ seconds }) => !(seconds >= 0 && seconds < 20))).toEqual([]);
    expect(report.files.created).toContain('package.json');
    expect(stderr).toContain('tests passed on planted');
    expect(stderr).toContain('\nNext steps:\n');
  });

  it('neither prompts nor hangs without a terminal', async () => {
    const cwd = temporaryFolder();
    const { exitCode, stdout, stderr } = await runCli(['my-service', '--port', '8000'], { cwd });
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        '\nCannot prompt without a terminal or with --json. Missing options: --description, --prefix, --package-manager, --features, --example.\n\n' +
        'Nothing was written. Provide them, or add --yes to use the defaults.',
    });
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('reports all problems at once', async () => {
    const cwd = temporaryFolder();
    const args = ['CON', '--prot=1', '--port', '--yes', '--no-example=x', '-z'];
    const { exitCode, stdout, stderr } = await runCli(args, { cwd });
    expect({ exitCode, stdout, stderr: stderr.split('\n') }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: [
        '',
        '--prot: unknown option. Did you mean --port?',
        '-z: unknown option.',
        'name: "CON" is reserved on Windows. Try con-service.',
        '--port: missing value.',
        '--no-example: unexpected value "x": expected none. Place a name before this option.',
        '',
        'Nothing was written. Add --help to list all options.',
      ],
    });
    expect(readdirSync(cwd)).toEqual([]);
  });

  it.each([
    ['the file', 'json: true\nprot: 8080\n', 'answers.yml: prot: unknown option.'],
    ['what was typed', 'json: true\n', '--nope: unknown option.'],
    ['what comes after', 'json: true\nport: 8080\n', 'Cannot prompt'],
  ])('reports as JSON what is wrong with %s, where the file asks for it', async (_, yaml, why) => {
    const cwd = temporaryFolder();
    writeFiles(cwd, { 'answers.yml': yaml });
    const typed = why.startsWith('--') ? ['--nope', '--yes'] : [];
    const { exitCode, stdout } = await runCli(['a', '--answers', 'answers.yml', ...typed], { cwd });
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 2,
      error: { code: 2, reason: expect.stringContaining(why) },
    });
  });

  it('gives --no-json precedence over the answers file', async () => {
    const cwd = temporaryFolder();
    writeFiles(cwd, { 'answers.yml': 'json: true\n' });
    const args = ['a', '--answers', 'answers.yml', '--no-json'];
    expect(await runCli(args, { cwd })).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('takes one name only', async () => {
    const { exitCode, stderr } = await runCli(['a', 'b', '--yes'], { cwd: temporaryFolder() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('name: provided more than once');
  });

  it('writes the files, and says that nothing was checked and what to do next', async () => {
    const cwd = temporaryFolder();
    const args = ['shop/orders', '--yes', '--skip-install', '--no-git', '--features', 'none'];
    const { exitCode, stdout, stderr } = await runCli(args, { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^. Writing files\n. \d+ files written \[\d+\.\d s\]\n/);
    expect(stdout).toContain('nothing was installed or checked');
    expect(stdout).toContain(`  cd ${join('shop', 'orders')}\n  npm ci\n`);
    expect(readdirSync(join(cwd, 'shop', 'orders'))).toContain('package.json');
  });

  it('says how many files it left as they were', async () => {
    const cwd = temporaryFolder();
    const args = ['orders', '--yes', '--skip-install', '--no-git'];
    await runCli(args, { cwd });
    const { exitCode, stdout } = await runCli(args, { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\n. 0 files written, \d+ left as they were/);
  });

  it('leaves a folder with other files as it was', async () => {
    const cwd = temporaryFolder();
    writeFiles(cwd, { 'orders/package.json': '{}' });
    const { exitCode, stdout, stderr } = await runCli(['orders', '--yes'], { cwd });
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: [
        `\n${join(cwd, 'orders')} contains files that differ:\n  package.json\n`,
        'Nothing was written. Choose another directory, move these files away, or add --on-conflict keep or --on-conflict overwrite.',
      ].join('\n'),
    });
    expect(readdirSync(join(cwd, 'orders'))).toEqual(['package.json']);
  });
});
