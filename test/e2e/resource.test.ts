import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPackages } from '../support/installed-service.ts';
import { npm, npmWith } from '../support/npm-script.ts';
import { renderedText } from '../support/rendered.ts';
import { cli, runCli } from '../support/run-cli.ts';

const COMMAND = /^npm create clean-flask-ts@latest /;
const work = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
const library = join(work, 'library');

/** The commands of the article that a made service has on its resources, in order. */
const commands = [...(renderedText().get('docs/resources.md') ?? '').matchAll(/```sh\n(.*?)```/gs)]
  .flatMap(([, block = '']) => block.trim().split('\n'))
  .filter((line) => line !== 'cd library');

/** Runs one of them; the checks run once for several. */
async function type(line: string): Promise<void> {
  expect(line).toMatch(COMMAND);
  const isNew = line.includes(' library ');
  const args = line
    .replace(COMMAND, '')
    .split(' ')
    .filter((word) => word !== '"--"');
  const run = await runCli([...args, isNew ? '--skip-install' : '--skip-check'], {
    cwd: isNew ? work : library,
  });
  expect({ line, exitCode: run.exitCode, stderr: run.stderr }).toEqual({
    ...{ line, exitCode: 0, stderr: '' },
  });
  if (isNew) addPackages(library);
}

/** Changes the resources of a service, unchecked. */
async function resource(folder: string, ...args: string[]) {
  return runCli(['resource', ...args, '--skip-check', '--in', folder], {
    cwd: work,
  });
}

async function succeed(folder: string, ...args: string[]): Promise<void> {
  const { exitCode, stderr } = await resource(folder, ...args);
  expect({ args, exitCode, stderr }).toEqual({ args, exitCode: 0, stderr: '' });
}

/** A copy of the finished service, with the same packages, in a repository with one commit. */
function copyOf(name: string): string {
  const folder = join(work, name);
  cpSync(library, folder, {
    recursive: true,
    filter: (source) => !/[\\/](node_modules|\.git|generated|\.clean-flask-ts)$/.test(source),
  });
  symlinkSync(join(library, 'node_modules'), join(folder, 'node_modules'), 'junction');
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commit(folder);
  return folder;
}

function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
}

function commit(folder: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'Work');
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

/** The paths of the sources and the tests of a service. */
function sourcesIn(folder: string): string[] {
  return ['src', 'tests'].flatMap((top) =>
    readdirSync(join(folder, top), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, top, name)),
  );
}

/** The schema that the migrations add up to is the one that the service has. */
async function isMigrated(folder: string): Promise<void> {
  await npmWith(
    { TEST_DATABASE: 'embedded' },
    folder,
    ...['test', '--', 'tests/integration/infrastructure/migrations.test.ts'],
  );
}

beforeAll(async () => {
  for (const line of commands.filter((each) => !isChange(each))) await type(line);
});
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

function isChange(line: string): boolean {
  return / --(add|drop|rename|remove)\b| resource book$/.test(line);
}

describe('the commands in docs/resources.md', () => {
  it('make a service with three entities that passes its checks', async () => {
    expect(readdirSync(join(library, 'resources'))).toEqual([
      'author.json',
      'book.json',
      'loan.json',
    ]);
    await npm(library, 'run', 'lint');
    await npmWith({ TEST_DATABASE: 'embedded' }, library, 'test');
  });
});

describe('a service that its user has changed', () => {
  it('takes a resource, a change and a removal after it was reformatted and rearranged', async () => {
    const folder = copyOf('reformatted');
    edit(join(folder, 'package.json'), (text) =>
      text.replace(
        '"singleQuote": true,\n    "printWidth": 100,',
        '"semi": false,\n    "printWidth": 70,',
      ),
    );
    edit(join(folder, 'src/dependency-container.ts'), (text) =>
      text
        .replace('    ...resourceDependencies,\n', '')
        .replace('.register({', '.register({ ...resourceDependencies,'),
    );
    edit(join(folder, 'src/resource-controllers.ts'), (text) =>
      ['// Mine.', ...text.trim().split('\n').toReversed(), ''].join('\n'),
    );
    edit(join(folder, 'prisma/schema/author.prisma'), (text) =>
      text.replace(/^ {2}(\w+) /gm, (_, name: string) => `\t${name.padEnd(12)} `),
    );
    // Prettier formats one of the files differently the second time.
    const format = ['exec', '--', 'prettier', '--write', '--log-level', 'error', '.'];
    await npm(folder, ...format);
    await npm(folder, ...format);
    commit(folder);
    const before = git(folder, 'rev-parse', 'HEAD:').trim();

    await succeed(folder, 'shelf', 'label:string:20', 'author:references:author:optional');
    await succeed(folder, 'shelf', '--add', 'level:int:0..9:default:1', '--rename', 'label=name');
    await npm(folder, 'run', 'lint');
    expect(readFileSync(join(folder, 'prisma/schema/author.prisma'), 'utf8')).toContain(
      'shelfAuthor',
    );
    await isMigrated(folder);

    await succeed(folder, 'shelf', '--remove');
    git(folder, 'add', '--all');
    git(folder, 'rm', '-r', '--quiet', '--cached', ...newMigrations(folder));
    expect(git(folder, 'diff', '--cached', '--stat', before)).toBe('');
    await isMigrated(folder);
  });

  it('keeps what the user changed in the files of a resource', async () => {
    const folder = copyOf('edited');
    edit(join(folder, 'src/services/book-service.ts'), (text) =>
      text.replace(/}\n$/, "\n  greet(): string {\n    return 'Hello';\n  }\n}\n"),
    );
    commit(folder);

    await succeed(folder, 'book', '--add', 'subtitle:string:100:optional');
    expect(readFileSync(join(folder, 'src/services/book-service.ts'), 'utf8')).toContain('Hello');
    await npm(folder, 'run', 'db:generate');
    await npm(folder, 'run', 'type-check');
    commit(folder);

    await succeed(folder, 'loan', '--drop', 'book');
    commit(folder);

    const edited = JSON.stringify({ fields: { day: 'date', returned: 'boolean=false' } });
    writeFileSync(join(folder, 'resources/loan.json'), edited);
    await succeed(folder, 'loan');
    expect(readFileSync(join(folder, 'resources/loan.json'), 'utf8')).toContain('  "fields": {\n');
    expect(readFileSync(join(folder, 'src/domain/models/loan.ts'), 'utf8')).toContain('returned');
    commit(folder);

    edit(join(folder, 'src/services/loan-service.ts'), (text) => `// Mine.\n${text}`);
    const removal = await resource(folder, 'loan', '--remove');
    expect(removal).toMatchObject({ exitCode: 6 });
    expect(removal.stderr).toContain('src/services/loan-service.ts: ');
    expect(git(folder, 'status', '--short').trim()).toBe('M src/services/loan-service.ts');
    await succeed(folder, 'loan', '--remove', '--force');
    expect(readdirSync(join(folder, 'src/services'))).not.toContain('loan-service.ts');
  });

  it('finds a folder that the user moved', async () => {
    const folder = copyOf('moved');
    renameSync(join(folder, 'src/services'), join(folder, 'src/use-cases'));
    for (const file of sourcesIn(folder)) {
      edit(file, (text) => text.replaceAll('/services/', '/use-cases/'));
    }
    commit(folder);

    await succeed(folder, 'shelf', 'label:string:20', 'author:references:author:optional');
    expect(readdirSync(join(folder, 'src'))).not.toContain('services');
    expect(readdirSync(join(folder, 'src/use-cases'))).toContain('shelf-service.ts');
    await npm(folder, 'run', 'db:generate');
    await npm(folder, 'run', 'type-check');
  });

  it('refuses a change of lines that the user changed, and writes nothing', async () => {
    const folder = copyOf('conflicting');
    edit(join(folder, 'src/domain/models/book.ts'), (text) => text.replaceAll('title', 'heading'));
    commit(folder);

    const run = await resource(folder, 'book', '--rename', 'title=name');
    expect(run).toMatchObject({ exitCode: 6 });
    expect(run.stderr).toContain('src/domain/models/book.ts: ');
    expect(git(folder, 'status', '--short')).toBe('');
  });

  it('is as before when a removal is killed, after the next run', async () => {
    const folder = copyOf('killed');
    const preload = join(work, 'preload.mjs');
    writeFileSync(
      preload,
      `import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const { rmSync } = fs;
      let removed = 0;
      fs.rmSync = (file, options) => {
        if (/loan/.test(String(file))) removed += 1;
        if (removed === 3) process.kill(process.pid, 'SIGKILL');
        return rmSync(file, options);
      };
      syncBuiltinESMExports();`,
    );
    const args = ['resource', 'loan', '--remove', '--skip-check', '--in', folder];
    const killed = await execa(process.execPath, ['--import', preload, cli, ...args], {
      cwd: work,
      stdin: 'ignore',
      reject: false,
    });
    expect(killed.signal).toBe('SIGKILL');
    expect(git(folder, 'status', '--short')).toContain(' D ');

    const next = await resource(folder, 'lown', '--remove');
    expect(next).toMatchObject({ exitCode: 2 });
    expect(next.stderr).toContain('Did you mean "loan"?');
    expect(git(folder, 'status', '--short')).toBe('');
  });

  it('adds a resource on each of two branches, which git merges', async () => {
    const folder = copyOf('branches');
    for (const name of ['shelf', 'genre']) {
      git(folder, 'switch', '--quiet', '--create', name, 'main');
      await succeed(
        folder,
        name,
        'label:string:20 unique'.replace(' ', ':'),
        'book:references:book',
      );
      commit(folder);
    }
    git(folder, 'merge', '--quiet', '--no-edit', 'shelf');

    for (const registry of ['src/resource-controllers.ts', 'src/resource-dependencies.ts']) {
      const text = readFileSync(join(folder, registry), 'utf8');
      expect(text.match(/shelf|genre/g)).toHaveLength(2);
    }
    await npm(folder, 'run', 'lint');
    await isMigrated(folder);
  });
});

// Last, because the tests before copy the service as it was.
describe('the other commands in docs/resources.md', () => {
  it('change and remove entities of a service that still passes its checks', async () => {
    for (const line of commands.filter(isChange)) await type(line);

    expect(readdirSync(join(library, 'resources'))).toEqual(['author.json', 'book.json']);
    expect(readFileSync(join(library, 'resources', 'book.json'), 'utf8')).toContain('page_count');
    await npm(library, 'run', 'lint');
    // The other tests know nothing of entities, and have passed above.
    const tests = ['unit', 'integration/api', 'integration/infrastructure'];
    const paths = tests.map((name) => `tests/${name}/`);
    await npmWith({ TEST_DATABASE: 'embedded' }, library, 'test', '--', ...paths);
  });
});

function newMigrations(folder: string): string[] {
  return readdirSync(join(folder, 'prisma/migrations'))
    .filter((name) => name.includes('shelf'))
    .map((name) => `prisma/migrations/${name}`);
}
