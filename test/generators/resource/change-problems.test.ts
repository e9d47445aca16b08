import { expect, it } from 'vitest';
import { changeProblems } from '../../../generators/resource/change-problems.ts';
import { resourceGenerator } from '../../../generators/resource/generator.ts';
import { prepareRun } from '../../../lib/run/prepare.ts';
import { defineResource } from '../../support/define-resource.ts';
import { filesIn } from '../../support/files-in.ts';
import { renderedService } from '../../support/rendered-service.ts';
import { writeFiles } from '../../support/write-files.ts';

const REASON =
  'book (column 1): prisma/schema/shop.prisma already uses "Book": choose another name.';

it('does not take the model of a resource for one of the user', () => {
  const before = defineResource('book', ['state:enum(a|b)']);
  const after = defineResource('book', ['state:enum(a|b)', 'kind:enum(a|b)?']);
  const change = { oldResources: [before], newResources: [after], renames: new Map() };
  const problemsWith = (text: string) => {
    const schema = [{ path: 'prisma/schema/shop.prisma', contents: Buffer.from(text) }];
    return changeProblems(change, { paths: [], schema });
  };

  const own = 'model Book {\n  @@map("book")\n}\nenum BookState {\n  @@map("book_state")\n}\n';
  expect(problemsWith(own)).toEqual([]);
  expect(problemsWith(`${own}enum BookKind {\n}\n`)).toEqual([REASON.replace('Book', 'BookKind')]);
});

it.each([
  ['book', REASON],
  ['test-app', '"test-app" needs the file tests/support/test-app.ts, which already exists'],
])(
  'refuses the resource %s, which the files of the user leave no room for',
  async (name, reason) => {
    const directory = renderedService();
    writeFiles(directory, { 'prisma/schema/shop.prisma': 'model Book {\n  id Int @id\n}\n' });
    const before = filesIn(directory);
    const raw = new Map(Object.entries({ name, fields: ['title:text'], in: directory }));

    const run = prepareRun(resourceGenerator, 'resource', raw, () => Promise.reject(new Error()));

    await expect(run).rejects.toMatchObject({ code: 2, message: expect.stringContaining(reason) });
    expect(filesIn(directory)).toEqual(before);
  },
);
