import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { prismaDiffs } from '../../../../generators/resource/migration/prisma-diff.ts';
import { ODD_NAME, temporaryFolder } from '../../../support/temporary-folder.ts';
import { unusualEnvironment } from '../../../support/unusual-environment.ts';
import { writeFiles } from '../../../support/write-files.ts';

const schemas = {
  before: [{ path: 'prisma/schema/a.prisma', contents: Buffer.from('before') }],
  after: [{ path: 'prisma/schema/a.prisma', contents: Buffer.from('after') }],
};

/** A service with a Prisma that runs a script, and that keeps the path of the first schema. */
function serviceWith(script: string): string {
  const directory = join(temporaryFolder(), ODD_NAME);
  const read = (option: string) =>
    `fs.readFileSync(require('path').join(args[args.indexOf('${option}') + 1], 'a.prisma'), 'utf8')`;
  writeFiles(directory, {
    'node_modules/prisma/package.json': '{ "name": "prisma" }',
    'node_modules/prisma/build/index.js': `
      const fs = require('fs');
      const args = process.argv.slice(2);
      fs.writeFileSync('seen', args[args.indexOf('--from-schema') + 1]);
      const [from, to] = [${read('--from-schema')}, ${read('--to-schema')}];
      ${script}`,
  });
  return directory;
}

function expectNothingLeft(directory: string): void {
  expect(existsSync(readFileSync(join(directory, 'seen'), 'utf8'))).toBe(false);
}

const { signal } = new AbortController();

describe('prismaDiffs', () => {
  it('compares both ways, in the service and with its engine', async () => {
    const directory = serviceWith(`
      const { PRISMA_SCHEMA_ENGINE_BINARY, DATABASE_URL } = process.env;
      const command = args.filter((arg) => !/[\\\\/]/.test(arg)).join(' ');
      const said = [process.cwd(), command, from, to, PRISMA_SCHEMA_ENGINE_BINARY, DATABASE_URL];
      console.log(JSON.stringify(said));`);
    for (const [name, value] of Object.entries(unusualEnvironment())) vi.stubEnv(name, value);
    const { up, down } = await prismaDiffs(directory, schemas, signal).finally(vi.unstubAllEnvs);

    const command = 'migrate diff --from-schema --to-schema --script';
    const engine = join(directory, 'tools', 'schema-engine.mjs');
    expect(JSON.parse(up)).toEqual([directory, command, 'before', 'after', engine, null]);
    expect(JSON.parse(down)).toEqual([directory, command, 'after', 'before', engine, null]);
    expectNothingLeft(directory);
  });

  it('says what Prisma says of an invalid schema', async () => {
    const directory = serviceWith(`
      console.error('invalid: ' + args[args.indexOf('--to-schema') + 1]);
      process.exit(1);`);
    await expect(prismaDiffs(directory, schemas, signal)).rejects.toMatchObject({
      code: 2,
      message: [
        'Prisma cannot compare the schema before the change with the one after it.',
        `invalid: ${join('prisma', 'schema')}`,
        'Fix the files in prisma/schema, then repeat the command.',
      ].join('\n\n'),
    });
    expectNothingLeft(directory);
  });

  it('says what to do when Prisma is not installed', async () => {
    const directory = temporaryFolder();
    await expect(prismaDiffs(directory, schemas, signal)).rejects.toMatchObject({
      code: 2,
      reason: `Prisma is not installed in ${directory}: it makes the migration.`,
      hint: 'Install the dependencies of the service, then repeat the command.',
    });
  });

  it('stops Prisma when it is interrupted', async () => {
    const directory = serviceWith('setInterval(() => {}, 1000);');
    const controller = new AbortController();
    const running = prismaDiffs(directory, schemas, controller.signal);
    await vi.waitUntil(() => existsSync(join(directory, 'seen')), { timeout: 60_000 });
    controller.abort(new Error('stopped'));

    await expect(running).rejects.toThrow('stopped');
    expectNothingLeft(directory);
  });
});
