import {
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childEnvironment } from '../../lib/process/child-environment.ts';
import { packageRoot, templatesFolder, version } from '../../lib/package-root.ts';
import { renderService } from '../../generators/app/render-service.ts';
import { npm, npmRegistry } from '../support/npm-script.ts';
import { serviceAnswers } from '../support/rendered.ts';

const PACKAGES = ['generator-clean-flask-ts', 'create-clean-flask-ts'] as const;
const MAJORS = ['20', '22', '24', '26'];
const OLD_MAJOR = '18';
const ONE_MEGABYTE = 1_000_000;
const NOBODY = 65_534;
const NODE_PACKAGE = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const FLAGS = ['--yes', '--skip-install', '--no-git'];

const home = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
const nodes = join(home, 'nodes');
const rendered = renderService(serviceAnswers({ name: 'shop' }));

// yo gives up the rights of root, and then cannot write where root alone can.
const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
let registry = '';

function tarball(name: (typeof PACKAGES)[number]): string {
  return join(home, `${name}-${version}.tgz`);
}

/** Runs npx, on the Node.js of a major version, in a folder and as a user of its own. */
async function npx(major: string, args: readonly string[]) {
  const cwd = join(home, `work-${major}-${args.length}`);
  mkdirSync(cwd);
  if (user.uid !== undefined) chownSync(cwd, user.uid, user.gid);
  const { PATH, ...environment } = childEnvironment(process.env);
  const bin = join(nodes, major, 'node_modules', NODE_PACKAGE, 'bin');
  const { exitCode, stdout, stderr } = await execa('npx', ['--yes', ...args], {
    cwd,
    ...user,
    env: {
      ...environment,
      HOME: home,
      PATH: `${bin}${delimiter}${PATH ?? ''}`,
      npm_config_cache: join(home, 'npm-cache'),
      npm_config_registry: registry,
      npm_config_userconfig: join(home, '.npmrc'),
    },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
  });
  return { exitCode, stdout, stderr, cwd };
}

async function installNode(major: string): Promise<void> {
  const folder = join(nodes, major);
  mkdirSync(folder, { recursive: true });
  await npm(folder, 'install', '--no-save', `${NODE_PACKAGE}@${major}`);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
}

/** What a folder holds, in the form of what is rendered. */
function contentsOf(folder: string) {
  return filesIn(folder).map((path) => ({ path, contents: readFileSync(join(folder, path)) }));
}

beforeAll(async () => {
  await npm(packageRoot, 'run', 'pack:all');
  for (const name of PACKAGES) {
    cpSync(join(packageRoot, 'dist', 'packages', `${name}-${version}.tgz`), tarball(name));
  }
  await Promise.all([...MAJORS, OLD_MAJOR].map(installNode));
  registry = await npmRegistry();
  if (user.uid !== undefined) await execa('chown', ['-R', `${user.uid}:${user.gid}`, home]);
});

afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

describe.each(PACKAGES)('the package %s', (name) => {
  const folder = join(home, 'unpacked', name, 'package');

  beforeAll(async () => {
    mkdirSync(join(folder, '..'), { recursive: true });
    await execa('tar', ['-xzf', tarball(name)], { cwd: join(folder, '..') });
  });

  it('depends on nothing and weighs at most 1 MB', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

    expect(manifest).toMatchObject({ name, version });
    expect(manifest).not.toHaveProperty('dependencies');
    expect(statSync(tarball(name)).size).toBeLessThanOrEqual(ONE_MEGABYTE);
  });

  it('holds every template, and the licences of what is bundled', () => {
    const packed = filesIn(folder);

    expect(packed.filter((path) => path.startsWith('templates/'))).toEqual(
      filesIn(templatesFolder).map((path) => `templates/${path}`),
    );
    const [licences = '', ...more] = packed.filter((path) => path.includes('THIRD-PARTY-LICENSES'));
    expect(more).toEqual([]);
    expect(readFileSync(join(folder, licences), 'utf8')).toMatch(
      /^yeoman-generator \S+: BSD-2-Clause$/m,
    );
  });
});

describe.each(MAJORS)('on Node.js %s, as a user without rights', (major) => {
  it('npm create makes what the templates say', async () => {
    const command = [`--package=${tarball('create-clean-flask-ts')}`, 'create-clean-flask-ts'];
    const { exitCode, stderr, cwd } = await npx(major, [...command, 'shop', ...FLAGS]);

    expect(exitCode, stderr).toBe(0);
    expect(contentsOf(join(cwd, 'shop'))).toEqual(rendered);
  });

  it('yo makes the same', async () => {
    const generator = tarball('generator-clean-flask-ts');
    const command = ['-p', 'yo@7', '-p', generator, 'yo', 'clean-flask-ts'];
    const { exitCode, stderr, cwd } = await npx(major, [...command, 'shop', ...FLAGS]);

    expect(exitCode, stderr).toBe(0);
    expect(contentsOf(join(cwd, 'shop'))).toEqual(rendered);
  });

  it.each([
    ['resource', ['book', 'title:string:200', '--yes']],
    ['update', ['--check', '--json']],
  ])('yo finds the generator %s', async (name, options) => {
    const generator = tarball('generator-clean-flask-ts');
    const command = ['-p', 'yo@7', '-p', generator, 'yo', `clean-flask-ts:${name}`];
    const { exitCode, stderr } = await npx(major, [...command, ...options]);

    expect(stderr).toContain('is not a service made by this generator');
    expect(exitCode).toBe(2);
  });
});

it('an older Node.js is told what is needed, in one line', async () => {
  const command = [`--package=${tarball('create-clean-flask-ts')}`, 'create-clean-flask-ts'];
  const { exitCode, stdout, stderr } = await npx(OLD_MAJOR, [...command, 'shop', ...FLAGS]);

  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr.split('\n').filter((line) => !line.startsWith('npm '))).toEqual([
    expect.stringMatching(/^Node\.js 20\.19, 22\.12 or newer is needed, and this is 18\./),
  ]);
});
