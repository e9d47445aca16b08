import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderService } from '../../generators/app/render-service.ts';
import { IDENTITY } from '../support/identity.ts';
import { npm, npmWith, serve } from '../support/npm-script.ts';
import { runCli } from '../support/run-cli.ts';
import { ODD_NAME } from '../support/temporary-folder.ts';
import { unusualEnvironment } from '../support/unusual-environment.ts';
import { writeFiles } from '../support/write-files.ts';
import { serviceAnswers } from '../support/rendered.ts';

describe('a service made for real, in a folder with an odd name', () => {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
  const cwd = join(parent, ODD_NAME);
  const folder = join(cwd, 'shop');
  let run: Awaited<ReturnType<typeof runCli>>;

  beforeAll(async () => {
    mkdirSync(cwd);
    run = await runCli(['shop', '--yes'], { cwd, env: IDENTITY });
  });
  afterAll(() => {
    rmSync(parent, { recursive: true, force: true });
  });

  it('is installed, proves itself, and is committed as it was rendered', async () => {
    const { exitCode, stdout, stderr } = run;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const files = renderService(serviceAnswers({ name: 'shop' }));
    const steps = doneSteps(stdout);
    const sideBySide = steps.slice(3, 6).toSorted();
    expect([...steps.slice(0, 3), ...sideBySide, ...steps.slice(6)]).toEqual([
      `${files.length} files written`,
      'dependencies installed',
      'Prisma client generated',
      'lint passed',
      expect.stringMatching(/^tests passed on .*PostgreSQL/),
      'type-check passed',
      `git repository created, with one commit of ${files.length} files`,
    ]);
    expect(stdout).toContain('  cd shop\n  npm run dev ');

    const git = async (...words: string[]) => (await execa('git', words, { cwd: folder })).stdout;
    expect((await git('ls-files')).split('\n').toSorted()).toEqual(files.map(({ path }) => path));
    expect(await git('status', '--porcelain')).toBe('');
    const log = readFileSync(join(folder, '.clean-flask-ts', 'self-check.log'), 'utf8');
    const [install, generate, ...check] = log.match(/^\$ .*$/gm) ?? [];
    expect([install, generate, ...check.toSorted()]).toEqual([
      '$ npm ci',
      '$ npm run db:generate',
      '$ npm run lint:layers',
      '$ npm run lint:style',
      '$ npm run test',
      '$ npm run type-check',
    ]);
  });

  it('has run every test file that its table of features names', () => {
    const features = readFileSync(join(folder, 'docs', 'features.md'), 'utf8');
    const log = readFileSync(join(folder, '.clean-flask-ts', 'self-check.log'), 'utf8');
    const named = [...features.matchAll(/`(tests\/\S+\.test\.ts)`/g)].map(([, file = '']) => file);
    const passed = [...log.matchAll(/^ *✓ .*?(tests\/\S+) \(\d+ tests?/gm)].map(([, file]) => file);

    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((file) => !passed.includes(file))).toEqual([]);
  });

  it('is linted by one command', async () => {
    await npm(folder, 'run', 'lint');
  });

  it.each(['dev', 'start'])(
    'serves the API and its documentation by npm run %s',
    async (script) => {
      await npm(folder, 'run', 'build');
      const { address, stop } = await serve(folder, script);
      try {
        const list = await fetch(`${address}/v1/todo`);
        expect([list.status, await list.json()]).toEqual([
          200,
          { total: 0, page: 1, per_page: 10, items: [] },
        ]);
        const documentation = await fetch(`${address}/docs`);
        expect([documentation.status, documentation.headers.get('content-type')]).toEqual([
          200,
          'text/html; charset=utf-8',
        ]);
      } finally {
        await stop();
      }
    },
  );

  it('takes the endpoint that its README adds, and passes tests in any environment', async () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8').replaceAll(/^ {3}/gm, '');
    const files = [...readme.matchAll(/```ts\n\/\/ (\S+)\n([^]*?)```/g)];
    expect(files.map(([, path]) => path)).toHaveLength(2);
    writeFiles(folder, Object.fromEntries(files.map(([, path = '', text]) => [path, text ?? ''])));
    const [, registration = ''] = /(await app\.register\(greetingController.*)/.exec(readme) ?? [];
    const routes = join(folder, 'src', 'routes.ts');
    const controller = './api/controllers/greeting-controller.ts';
    const changed = readFileSync(routes, 'utf8')
      .replace(/^/, `import { greetingController } from '${controller}';\n`)
      .replace(/^( +)(await app\.register\(healthController)/m, `$1${registration}\n$1$2`);
    writeFileSync(routes, changed);

    await npm(folder, 'run', 'lint');
    const tests = ['tests/unit', 'tests/process', 'tests/integration/api/greeting.test.ts'];
    await npmWith(unusualEnvironment(), folder, 'test', '--', ...tests);
  });

  it('makes and applies migrations', async () => {
    const model = 'model Note {\n  id Int @id\n}\n';
    writeFileSync(join(folder, 'prisma', 'schema', 'note.prisma'), model);
    await npm(folder, 'run', 'db:migrate', '--', '--name', 'add-note');
    const [made = ''] = readdirSync(join(folder, 'prisma', 'migrations')).filter((name) =>
      name.endsWith('_add_note'),
    );
    const sql = join(folder, 'prisma', 'migrations', made, 'migration.sql');
    expect(readFileSync(sql, 'utf8')).toContain('CREATE TABLE "Note"');
    expect(await npm(folder, 'run', 'db:deploy')).toContain('No pending migrations to apply.');
  });
});

/** The steps that were done, without marks and durations. */
function doneSteps(stdout: string): string[] {
  return stdout.split('\n').flatMap((line) => /^\S (.+) \[\d+\.\d s\]$/.exec(line)?.[1] ?? []);
}
