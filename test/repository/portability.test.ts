import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { featureNames } from '../../generators/app/options.ts';
import { packageManagerNames } from '../../lib/package-manager/package-managers.ts';
import { packageRoot } from '../../lib/package-root.ts';
import { renderedText } from '../support/rendered.ts';

const SYMBOLIC_LINK = '120000';
const EXECUTABLE = '100755';
const MAX_SNAPSHOT_LINES = 4_000;

/** Characters and names that Windows refuses, and endings that it drops. */
const INVALID_ON_WINDOWS = /[<>:"|?*\\]|[. ]$|^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/** What cmd.exe does not understand: quoting, variables, other separators, programs of POSIX. */
const POSIX_ONLY =
  /['`$;]|(?:^|[&|] *)(?:\w+=|\.{0,2}\/|(?:cat|chmod|cp|env|export|ls|mkdir|mv|rm|sh|bash|test|touch|true)\b)/;

interface TrackedFile {
  readonly mode: string;
  readonly path: string;
}

async function trackedFiles(): Promise<TrackedFile[]> {
  const { stdout } = await execa('git', ['ls-files', '--stage', '-z'], { cwd: packageRoot });
  return [...stdout.matchAll(/(\d+) \w+ \d\t([^\0]+)/g)].map(([, mode = '', path = '']) => ({
    mode,
    path,
  }));
}

function invalidOnWindows(paths: readonly string[]): string[] {
  return paths.filter((path) => path.split('/').some((part) => INVALID_ON_WINDOWS.test(part)));
}

/** The paths that a system which ignores case takes for another one. */
function sameButForCase(paths: readonly string[]): string[] {
  const lower = paths.map((path) => path.toLowerCase());
  return paths.filter((_, index) => lower.indexOf(lower[index] ?? '') !== index);
}

function posixOnlyScripts(manifest = ''): string[] {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(manifest);
  return Object.values(scripts).filter((script) => POSIX_ONLY.test(script));
}

describe('this repository', async () => {
  const files = await trackedFiles();
  const paths = files.map(({ path }) => path);

  it('has only file names that Windows and macOS can hold', () => {
    expect(paths.length).toBeGreaterThan(300);
    expect(invalidOnWindows(paths)).toEqual([]);
    expect(sameButForCase(paths)).toEqual([]);
  });

  it('has neither symbolic links nor executable files, but for the script of its CI', () => {
    const special = files.filter(({ mode }) => [SYMBOLIC_LINK, EXECUTABLE].includes(mode));
    expect(special).toEqual([{ mode: EXECUTABLE, path: '.ci/run' }]);
  });

  it('has no npm script that only a POSIX shell runs', () => {
    expect(posixOnlyScripts(readFileSync(join(packageRoot, 'package.json'), 'utf8'))).toEqual([]);
  });

  it('starts programs without a shell', () => {
    const sources = ['create', 'generators', 'lib', 'scripts', 'tools', 'templates']
      .flatMap((folder) => paths.filter((path) => path.startsWith(`${folder}/`)))
      .filter((path) => ['.ts', '.mjs', '.js', '.ejs'].includes(extname(path)));
    const withShell = sources.filter((path) =>
      /\bshell: (?!false)|(?<![.\w])exec(?:Sync)?\(/.test(
        readFileSync(join(packageRoot, path), 'utf8'),
      ),
    );
    expect(sources.length).toBeGreaterThan(100);
    expect(withShell).toEqual([]);
  });

  it('has only snapshots that a reviewer can read', () => {
    const folder = join(packageRoot, 'test', 'templates', '__snapshots__');
    const long = readdirSync(folder).filter(
      (file) => readFileSync(join(folder, file), 'utf8').split('\n').length > MAX_SNAPSHOT_LINES,
    );
    expect(long).toEqual([]);
  });
});

describe.each(packageManagerNames)('a service for %s', (packageManager) => {
  const files = renderedText({ packageManager, features: featureNames });
  const paths = [...files.keys()];

  it('has only file names that Windows and macOS can hold', () => {
    expect(invalidOnWindows(paths)).toEqual([]);
    expect(sameButForCase(paths)).toEqual([]);
  });

  it('has no npm script that only a POSIX shell runs', () => {
    expect(posixOnlyScripts(files.get('package.json'))).toEqual([]);
  });
});

describe('what these tests look for', () => {
  it.each(['a:b', 'con', 'src/aux.ts', 'dir./x', 'x ', 'a?b', 'lpt1.txt'])(
    'takes the path %s for invalid on Windows',
    (path) => {
      expect(invalidOnWindows([path, 'src/console.ts', '.github/x.y'])).toEqual([path]);
    },
  );

  it('notices names that differ only in case', () => {
    expect(sameButForCase(['a/B', 'a/c', 'A/b'])).toEqual(['A/b']);
  });

  it.each(["eslint 'src/**'", 'rm -rf dist', 'tsc && rm x', 'CI=1 vitest', 'echo $CI', './run'])(
    'takes the script %s for one of a POSIX shell',
    (script) => {
      const scripts = { script, lint: 'eslint . && prettier --check . || exit 1', x: 'vitest run' };
      expect(posixOnlyScripts(JSON.stringify({ scripts }))).toEqual([script]);
    },
  );
});
