import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import { createPrismaProject } from '../../support/prisma-project.ts';
import { programEnvironment, serviceFolder } from '../../support/run-prisma.ts';

const script = path.join(serviceFolder, 'tools/database.mjs');
const DATABASE_URL = 'postgresql://somewhere/service';

function start(args: string[], environment: NodeJS.ProcessEnv, cwd = serviceFolder) {
  const env = programEnvironment(environment);
  return spawn(process.execPath, [script, 'run', ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(args: string[], environment: NodeJS.ProcessEnv, cwd = serviceFolder) {
  const child = start(args, environment, cwd);
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { stdout, stderr, status };
}

const PRINT_URL = ['node', '-e', 'console.log(process.env.DATABASE_URL); process.exitCode = 3'];

const PRINT_TOKEN = ['node', '-e', 'console.log(process.env.SERVICE_CONTEXT_TOKEN)'];

describe('database.mjs run', () => {
  it('runs the program on DATABASE_URL and ends with its status', async () => {
    expect(await run(PRINT_URL, { DATABASE_URL })).toEqual({
      stdout: `${DATABASE_URL}\n`,
      stderr: '',
      status: 3,
    });
  });

  it('never migrates the database that DATABASE_URL names', async () => {
    expect((await run(['--migrated', ...PRINT_URL], { DATABASE_URL })).status).toBe(3);
  });

  it('starts no embedded database in production', async () => {
    const environment = { DATABASE_URL: '', NODE_ENV: 'production' };

    expect((await run(PRINT_URL, environment)).stdout).toBe('\n');
  });

  it('reads .env, but not in production', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'with-database-'));
    await writeFile(path.join(folder, '.env'), `DATABASE_URL=${DATABASE_URL}\n`);
    const runIn = (NODE_ENV: string) =>
      run(PRINT_URL, { DATABASE_URL: undefined, NODE_ENV }, folder);

    expect((await runIn('development')).stdout).toBe(`${DATABASE_URL}\n`);
    expect((await runIn('production')).stdout).toBe('undefined\n');
    await rm(folder, { recursive: true });
  });

  it('with --token makes up a token for the run, and prints it', async () => {
    const environment = { DATABASE_URL, SERVICE_CONTEXT_TOKEN: '' };
    const { stdout } = await run(['--token', ...PRINT_TOKEN], environment);
    const [, token = ''] =
      /^SERVICE_CONTEXT_TOKEN is not set: for this run it is (.+)$/m.exec(stdout) ?? [];

    expect(stdout.endsWith(`\n${token}\n`)).toBe(true);
    const { maintenance } = loadConfig({ DATABASE_URL, SERVICE_CONTEXT_TOKEN: token });
    expect(maintenance.token).toBe(token);
    expect((await run(['--token', ...PRINT_TOKEN], environment)).stdout).not.toBe(stdout);
  });

  it.each([
    ['that is set', { SERVICE_CONTEXT_TOKEN: 'set' }, 'set\n'],
    ['in production', { SERVICE_CONTEXT_TOKEN: '', NODE_ENV: 'production' }, '\n'],
  ])('with --token changes no token %s', async (_, environment, expected) => {
    const { stdout } = await run(['--token', ...PRINT_TOKEN], { DATABASE_URL, ...environment });

    expect(stdout).toBe(expected);
  });

  it.each([
    [[], 'Missing program\n\nUsage:'],
    [['--fast', 'node'], 'Unknown option "--fast"\n\nUsage:'],
  ])('refuses the arguments %j', async (args, expected) => {
    const { status, stderr } = await run(args, { DATABASE_URL });

    expect(status).toBe(2);
    expect(stderr).toContain(expected);
  });

  it('runs no other program', async () => {
    const { status, stderr } = await run(['sh'], { DATABASE_URL });

    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'Unknown program "sh": expected node, prisma, tsx\n',
    });
  });

  // Windows has no signals: a process is ended at once.
  it.skipIf(process.platform === 'win32')('lets the program end on SIGTERM', async () => {
    const program = `
      process.on('SIGTERM', () => process.exit(7));
      setInterval(() => {}, 1000);
      console.log('ready');`;
    const child = start(['node', '-e', program], { DATABASE_URL });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');

    expect(await once(child, 'close')).toEqual([7, null]);
  });
});

describe('database.mjs run --migrated', () => {
  const LIST_TABLES = `
    const { Client } = require(${JSON.stringify(createRequire(import.meta.url).resolve('pg'))});
    const client = new Client({ connectionString: process.env.DATABASE_URL });
    client.connect();
    client.query("SELECT relname FROM pg_class WHERE relname LIKE 'note_'").then(({ rows }) => {
      console.log('Tables:', rows.map(({ relname }) => relname).sort().join());
      client.end();
    });`;

  it('migrates the embedded database, and starts Prisma only if something is pending', async () => {
    const project = await createPrismaProject();
    onTestFinished(() => project.remove());
    // Belongs to a DATABASE_URL that is not set either.
    const environment = { DATABASE_URL: '', DIRECT_DATABASE_URL: 'postgresql://127.0.0.1:1/none' };
    const migrated = () =>
      run(['--migrated', 'node', '-e', LIST_TABLES], environment, project.folder);

    await project.write('migrations/1_first/migration.sql', 'CREATE TABLE note1 ();');
    const first = await migrated();
    expect(first.stdout).toContain('migrations have been successfully applied');
    expect(first.stdout).toContain('Tables: note1\n');

    const second = await migrated();
    expect(second.stdout).not.toContain('migration');
    expect(second.stdout).toContain('Tables: note1\n');

    await project.write('migrations/2_second/migration.sql', 'CREATE TABLE note2 ();');
    expect((await migrated()).stdout).toContain('Tables: note1,note2\n');

    await project.write('migrations/3_third/migration.sql', 'nonsense');
    const { stdout, stderr, status } = await migrated();
    expect(stderr).toContain('P3018');
    expect(stderr).toContain('The migrations could not be applied');
    expect(stdout).not.toContain('Tables:');
    expect(status).toBe(1);
  });
});
