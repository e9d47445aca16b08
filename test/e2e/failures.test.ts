import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { INVOCATION } from '../../create/invocation.ts';
import { plantNpm } from '../support/plant-program.ts';
import { cli, runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { writeFiles } from '../support/write-files.ts';

/** The settings of whoever runs the tests, without which no registry may be reachable. */
async function userSettings(): Promise<string> {
  const { stdout: file } = await execa('npm', ['config', 'get', 'userconfig']);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

const LOG = join('.clean-flask-ts', 'self-check.log');

describe('a run that fails', () => {
  it('ends with 4 when no registry answers, and keeps the files', async () => {
    const cwd = temporaryFolder();
    const env = {
      // Nothing listens on port 1, and nothing is in this cache.
      npm_config_registry: 'http://127.0.0.1:1/',
      npm_config_cache: join(cwd, 'cache'),
      npm_config_fetch_retries: '0',
    };
    const result = await runCli(['orders', '--yes'], { cwd, env });
    const folder = join(cwd, 'orders');
    expect(result.exitCode).toBe(4);
    expect(result.stderr).toContain('Command failed with exit code 1: npm ci\n');
    expect(result.stderr).toContain('ECONNREFUSED');
    expect(result.stderr).toContain('\nCannot reach the registry: check the network');
    expect(result.notes[0]).toContain('Cannot reach the registry http://127.0.0.1:1/');
    expect(result.stderr).toContain(`All output is in ${join(folder, LOG)}.`);
    expect(result.stdout).not.toContain('Next steps:');
    expect(readFileSync(join(folder, LOG), 'utf8')).toContain('$ npm ci\n');
    expect(existsSync(join(folder, 'package.json'))).toBe(true);
    expect(existsSync(join(folder, '.git'))).toBe(false);
  });

  it.each([
    ['omit=dev', '@eslint/js', 'omit = ["dev"]'],
    ['dry-run=true', '@fastify/cors', 'dry-run = true'],
    ['bin-links=false', 'node_modules/.bin', 'bin-links = false'],
  ])(
    'ends with 4 when the setting %s makes npm leave out a package',
    async (line, left, setting) => {
      const cwd = temporaryFolder();
      const userConfig = join(cwd, 'npmrc');
      writeFiles(cwd, { npmrc: `${await userSettings()}\n${line}\n` });
      const env = { npm_config_userconfig: userConfig };
      const result = await runCli(['orders', '--yes'], { cwd, env });

      expect(result.exitCode).toBe(4);
      expect(result.stderr).toMatch(/^npm install succeeded, but omitted .*/m);
      expect(result.stderr).toContain(left);
      expect(result.stderr).toContain(`of npm: ${setting} (${userConfig}).`);
      expect(result.stdout).not.toContain('dependencies installed');
    },
  );

  it.each([
    ['run db:generate', 'Generating the Prisma client'],
    ['run lint:style', 'Linting'],
    ['run lint:layers', 'Linting'],
    ['run type-check', 'Checking types'],
    ['run test', 'Running the tests'],
  ])('ends with 5 when npm %s fails, and shows how its output ends', async (command, step) => {
    const cwd = temporaryFolder();
    const PATH = plantNpm(`
      console.log('Test database: planted');
      for (let line = 1; line <= 100; line++) console.log('[' + args + ' ' + line + ']');
      process.exit(args === ${JSON.stringify(command)} ? 1 : 0);`);
    const result = await runCli(['orders', '--yes'], { cwd, env: { PATH } });
    expect(result.exitCode).toBe(5);
    expect(result.stdout).toContain('dependencies installed');
    expect(result.stdout).not.toContain('Next steps:');
    expect(result.stderr).toContain(`${step} [FAILED: see below]`);
    expect(result.stderr).toContain(`[${command} 61]\n`);
    expect(result.stderr).not.toContain(`[${command} 60]\n`);
    const folder = join(cwd, 'orders');
    expect(readFileSync(join(folder, LOG), 'utf8')).toContain(`[${command} 1]\n`);
    expect(existsSync(join(folder, '.git'))).toBe(false);
  });

  it('points at no log that cannot be written, and shows all output instead', async () => {
    const cwd = temporaryFolder();
    writeFiles(cwd, { [join('orders', LOG, 'a-file')]: '' });
    const PATH = plantNpm(`
      for (let line = 1; line <= 100; line++) console.log('[' + line + ']');
      process.exit(1);`);
    const { exitCode, stderr } = await runCli(['orders', '--yes'], { cwd, env: { PATH } });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('\n[1]\n[2]\n');
    expect(stderr).toContain('The output could not be logged: EISDIR: ');
    expect(stderr).not.toContain('All output is in');
  });

  it('keeps apart in the log what commands write that run side by side', async () => {
    const cwd = temporaryFolder();
    const PATH = plantNpm(`
      const fs = require('fs');
      console.log('Test database: planted');
      if (args === 'run type-check' || args === 'run test') {
        // Each waits for the other, so both run.
        fs.writeFileSync(args.slice(4), '');
        const both = () => ['type-check', 'test'].every((name) => fs.existsSync(name));
        const timer = setInterval(() => {
          console.log('[' + args + ']');
          if (both()) clearInterval(timer);
        }, 20);
      }`);
    const result = await runCli(['orders', '--yes', '--no-git'], { cwd, env: { PATH } });
    expect({ exitCode: result.exitCode, stderr: result.stderr }).toEqual({
      exitCode: 0,
      stderr: '',
    });
    const blocks = readFileSync(join(cwd, 'orders', LOG), 'utf8').split('\n$ npm ');
    for (const script of ['type-check', 'test']) {
      const block = blocks.find((text) => text.startsWith(`run ${script}\n`)) ?? '';
      expect(block).toMatch(
        new RegExp(`^run ${script}\nTest database: planted\n(\\[run ${script}\\]\n)+$`),
      );
    }
  });

  it('repeats the check that failed, by the command that it printed', async () => {
    const cwd = temporaryFolder();
    const broken = plantNpm(`
      if (args === 'run type-check') process.exit(1);
      if (args === 'run test') setInterval(() => {}, 1000);`);
    const failed = await runCli(['orders', '--yes', '--no-git'], { cwd, env: { PATH: broken } });
    expect(failed.exitCode).toBe(5);
    const [, typed = ''] = /continue with: npm create .* "--" (.*)$/m.exec(failed.stderr) ?? [];
    expect(typed).toBe('orders --continue');

    const fixed = plantNpm(`if (args === 'run test') console.log('Test database: planted');`);
    const resumed = await runCli(typed.split(' '), { cwd, env: { PATH: fixed } });
    expect({ exitCode: resumed.exitCode, stderr: resumed.stderr }).toEqual({
      exitCode: 0,
      stderr: '',
    });
    const log = readFileSync(join(cwd, 'orders', LOG), 'utf8').match(/^\$ .*$/gm) ?? [];
    const check = ['lint:layers', 'lint:style', 'test', 'type-check'];
    expect(log.slice(0, 2)).toEqual(['$ npm ci', '$ npm run db:generate']);
    expect(log.slice(-4).toSorted()).toEqual(check.map((script) => `$ npm run ${script}`));
    expect(resumed.stdout).not.toContain('git repository');
    const again = await runCli(typed.split(' '), { cwd, env: { PATH: fixed } });
    expect([again.exitCode, again.stderr]).toEqual([
      2,
      expect.stringContaining(`${join(cwd, 'orders')} has no unfinished run.`),
    ]);
  });

  it('is resumed with its options, and says what was not checked and what repeats it', async () => {
    const cwd = temporaryFolder();
    const args = ['orders', '--yes', '--no-git', '--skip-check'];
    const failed = await runCli(args, { cwd, env: { PATH: plantNpm('process.exit(1);') } });
    expect(failed.exitCode).toBe(4);

    const fixed = plantNpm(`if (args !== 'ci') process.exit(1);`);
    const resumed = await runCli(['orders', '--resume'], { cwd, env: { PATH: fixed } });
    expect({ exitCode: resumed.exitCode, stderr: resumed.stderr }).toEqual({
      exitCode: 0,
      stderr: '',
    });
    expect(resumed.stdout).toContain('The checks were skipped.');
    expect(resumed.stdout).toMatch(/^Repeat with: .* orders --no-git --skip-check --yes$/m);
  });

  it('reports a failure as one JSON document, and everything else apart from it', async () => {
    const cwd = temporaryFolder();
    const env = { PATH: plantNpm(`process.exit(args === 'ci' ? 0 : 1);`) };
    const result = await runCli(['orders', '--yes', '--json'], { cwd, env });
    const report: unknown = JSON.parse(result.stdout);

    expect(result.exitCode).toBe(5);
    expect(report).toMatchObject({
      status: 5,
      folder: join(cwd, 'orders'),
      files: { created: expect.arrayContaining(['package.json']), changed: [], left: [] },
      steps: [
        { name: 'write', seconds: expect.any(Number) },
        { name: 'install', result: 'dependencies installed' },
      ],
      database: null,
      next: [`${INVOCATION} orders --continue`],
      error: { code: 5, reason: expect.stringContaining('db:generate') },
    });
    expect(result.stderr).toContain('dependencies installed');
  });

  it('ends with 5 when the tests name no database', async () => {
    const env = { PATH: plantNpm('') };
    const { exitCode, stderr } = await runCli(['orders', '--yes'], { cwd: temporaryFolder(), env });
    expect(exitCode).toBe(5);
    expect(stderr).toContain('The tests passed without naming the database that they ran on.');
  });

  it('installs and checks nothing more with --skip-check, and says so', async () => {
    const PATH = plantNpm(`if (args !== 'ci') process.exit(1)`);
    const args = ['orders', '--yes', '--skip-check', '--no-git'];
    const result = await runCli(args, { cwd: temporaryFolder(), env: { PATH } });
    expect({ exitCode: result.exitCode, stderr: result.stderr }).toEqual({
      exitCode: 0,
      stderr: '',
    });
    expect(result.stdout).toContain('dependencies installed');
    expect(result.stdout).toContain('The checks were skipped.');
  });

  it.skipIf(process.platform === 'win32')(
    'ends with 130 on a signal, and stops what it started',
    async () => {
      const cwd = temporaryFolder();
      const started = join(cwd, 'started');
      const stopped = join(cwd, 'stopped');
      const PATH = plantNpm(`
        const fs = require('fs');
        process.on('SIGTERM', () => { fs.writeFileSync(${JSON.stringify(stopped)}, ''); process.exit() });
        fs.writeFileSync(${JSON.stringify(started)}, '');
        setInterval(() => {}, 1000);`);
      const run = execa(process.execPath, [cli, 'orders', '--yes'], {
        cwd,
        env: { PATH },
        stdin: 'ignore',
        reject: false,
      });
      await expect.poll(() => existsSync(started)).toBe(true);
      run.kill('SIGINT');
      const { exitCode, stderr } = await run;
      expect(exitCode).toBe(130);
      expect(stderr).toMatch(/^SIGINT: stopping what is running\.$/m);
      expect(stderr).toContain(`Interrupted.\n\nThe files stay in ${join(cwd, 'orders')}.`);
      expect(existsSync(stopped)).toBe(true);
    },
  );
});
