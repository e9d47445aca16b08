import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validFields } from '../support/arbitrary-fields.ts';
import { makeInstalledService } from '../support/installed-service.ts';
import { npm, npmWith } from '../support/npm-script.ts';
import { runCli } from '../support/run-cli.ts';

/** How many resources have arbitrary fields. */
const ARBITRARY = 24;

const resources = {
  author: ['name:string(100) unique', 'email:string(5..200)?'],
  'every-type': [
    'title:string(200)',
    'code:string(3..10)',
    'note:text?',
    'class:text="it\'s"',
    'page_count:int?',
    'rating:int(1..5)=3',
    'big:bigint',
    'old_big:bigint?',
    'weight:float(0..10)',
    'ratio:float?',
    'price:decimal(10,2)=0',
    'cost:decimal(4,4)?',
    'available:boolean?',
    'published:boolean=true',
    'released:date',
    'until:date?=2024-02-29',
    'opens:time=09:00:00',
    'closes:time?',
    'seen:datetime? index',
    'start:datetime=2024-01-01T00:00:00Z',
    'token:uuid',
    'old_token:uuid?',
    'status:enum(draft|published)=draft',
    'kind:enum(a|B_c)?',
    'meta:json',
    'style:json?',
    'tags:string(20)[]',
    'days:date[]?',
    'counts:bigint[]?',
    'prices:decimal(5,1)[]?',
    'kinds:enum(x|y)[]?',
    'secret:string(8..40) sensitive',
    'zone:string(9) pattern=^[a-z/`]+$ example=a/b',
    'locale:text? pattern=^[a-z]{2}$ example=de',
  ],
  book: [
    'isbn:string(13) unique',
    'serial:int unique',
    'depth:int(-2000..-1) unique',
    'share:float(0..1) unique',
    'sku:string(8) unique pattern=^[A-Z]{2}\\d{4}/\\w$ example=AB1234/x',
    'slot:datetime unique',
    'pin:string(6) sensitive unique',
    'author:references(author)',
    'editor:references(author)? onDelete=set-null',
    'sequel_of:references(book)?',
  ],
  loan: [
    'book:references(book) onDelete=cascade',
    'author:references(author) unique',
    'day:date',
    'unique(book,author)',
    'unique(day,author)',
  ],
  // Words that SQL, TypeScript or the templates use themselves.
  words: [
    ...['order', 'where', 'query', 'params', 'row', 'fields', 'item', 'all', 'app', 'then'],
    ...['default', 'new', 'delete', 'class', 'object', 'promise', 'number', 'string', 'names'],
  ].map((name) => `${name}:int`),
  // Names that SQL or TypeScript reserve.
  user: ['name:string(9) unique'],
  group: ['user:references(user)?', 'order:int'],
  order: ['user:references(user)', 'group:references(group)?'],
  class: ['order:references(order)?', 'status:enum(a|b)'],
  request: ['class:references(class)', 'body:json'],
  // Without filters, with nothing that is required, and with nothing that is shown.
  setting: ['value:json'],
  category: ['parent:references(category)?'],
  // With references that no response shows, and with optional texts only.
  note: [
    'owner:references(user) sensitive',
    'book:references(book)? sensitive onDelete=set-null',
    'text:text?',
  ],
  secret: ['word:string(8) sensitive'],
};

describe('a made service with a field of every type', () => {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
  const folder = join(cwd, 'shop');

  beforeAll(async () => {
    await makeInstalledService(cwd, 'shop');
    await addResources(resources);
  });
  afterAll(() => {
    rmSync(cwd, { recursive: true, force: true });
  });

  async function addResources(definitions: object): Promise<void> {
    writeFileSync(join(cwd, 'resources.json'), JSON.stringify(definitions));
    const args = ['resource', '--from', 'resources.json', '--in', 'shop', '--skip-check'];
    const run = await runCli(args, { cwd });
    expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: '' });
  }

  it('is linted and type-checked', async () => {
    await npm(folder, 'run', 'lint');
  });

  it('passes its tests on the embedded database, in another time zone', async () => {
    await npmWith({ TEST_DATABASE: 'embedded', TZ: 'Pacific/Apia' }, folder, 'test');
  });

  it('passes the tests of the resources in any order', async () => {
    const files = Object.keys(resources).map((name) => `tests/integration/api/${name}/`);
    const environment = { TEST_DATABASE: 'embedded' };
    await npmWith(environment, folder, 'test', '--', '--sequence.shuffle', ...files);
  });

  it('takes any valid fields, which are linted, type-checked and migrated', async () => {
    const names = Array.from({ length: ARBITRARY }, (_, index) => `thing${index}`);
    const lists = fc.tuple(...names.map((name) => validFields(name, names)));
    const property = fc.asyncProperty(lists, async (all) => {
      await addResources(Object.fromEntries(names.map((name, index) => [name, all[index]])));
      await npm(folder, 'run', 'lint');
      await npmWith(
        { TEST_DATABASE: 'embedded' },
        folder,
        ...['test', '--', 'tests/integration/infrastructure/migrations.test.ts'],
      );
    });
    await fc.assert(property, { numRuns: 1, endOnFailure: true });
  });
});
