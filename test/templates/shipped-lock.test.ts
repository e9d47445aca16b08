import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../../lib/process/child-environment.ts';
import { renderService } from '../../generators/app/render-service.ts';
import { absentOptionals, type Lock, withAddresses } from '../support/lock-file.ts';
import { serviceAnswers } from '../support/rendered.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { writeFiles } from '../support/write-files.ts';

const files = renderService(serviceAnswers({ name: 'orders' }));

function render(path: string): string {
  return files.find((file) => file.path === path)?.contents.toString() ?? '';
}

describe('the lock that ships with the templates', () => {
  const lock: Lock = JSON.parse(render('package-lock.json'));
  const root = lock.packages[''];

  it('has the name of the service', () => {
    expect([lock.name, root?.name]).toEqual(['orders', 'orders']);
  });

  it('matches package.json', () => {
    const manifest: unknown = JSON.parse(render('package.json'));
    const { version, dependencies, devDependencies, engines } = root ?? {};
    expect(manifest).toMatchObject({ version, dependencies, devDependencies, engines });
    expect(Object.keys(dependencies ?? {}).length).toBeGreaterThan(0);
  });

  it('holds no download addresses', () => {
    expect(withAddresses(lock)).toEqual([]);
  });

  it('names no package of which npm warns on Node.js 20.19 or 22.12', () => {
    const tooNew = Object.entries(lock.packages).filter(([, { engines }]) =>
      /^(>=|\^) ?(2[1-9]|[3-9]\d)/.test(engines?.node ?? ''),
    );
    expect(tooNew).toEqual([]);
  });

  it('holds every optional dependency that a package names', () => {
    expect(absentOptionals(lock)).toEqual([]);
  });

  it('holds a version that satisfies each range, and nothing that no package needs', async () => {
    const { exitCode, stderr } = await listLocked(render('package-lock.json'));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('is refused by that check when it holds another version', async () => {
    const { fastify } = lock.packages['']?.dependencies ?? {};
    const wrong = render('package-lock.json').replaceAll(`"version": "${fastify}"`, '"version": "0.0.1"');
    const { exitCode, stderr } = await listLocked(wrong);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('invalid: fastify@0.0.1')]);
  });
});

/** Lets npm compare a lock with package.json, without a registry. */
async function listLocked(lock: string) {
  const cwd = temporaryFolder();
  writeFiles(cwd, { 'package.json': render('package.json'), 'package-lock.json': lock });
  const args = ['ls', '--all', '--package-lock-only'];
  return execa('npm', args, { cwd, env: childEnvironment(process.env), extendEnv: false, reject: false });
}

describe('the checks of a lock', () => {
  it('find an address', () => {
    const packages = { '': {}, 'node_modules/a': { resolved: 'https://example.org/a.tgz' } };
    expect(withAddresses({ name: 'x', packages })).toEqual(['node_modules/a']);
  });

  it('find an absent optional dependency, wherever the others stand', () => {
    const packages = {
      '': {},
      'node_modules/a': { optionalDependencies: { 'a-linux': '1', 'a-mac': '1', 'a-win': '1' } },
      'node_modules/a/node_modules/a-linux': {},
      'node_modules/a-mac': {},
      'node_modules/b/node_modules/c': { optionalDependencies: { d: '1', '@e/f': '1' } },
      'node_modules/b/node_modules/d': {},
      'node_modules/@e/f': {},
    };
    expect(absentOptionals({ name: 'x', packages })).toEqual(['node_modules/a > a-win']);
  });
});
