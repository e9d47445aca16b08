import { describe, expect, it } from 'vitest';
import { renamedSchema } from '../../../../generators/resource/migration/renamed-schema.ts';
import { defineResource } from '../../../support/define-resource.ts';

const schema = `// model BookCase {
model Shelf {
  pages Int
}

model BookCase{
  id Int @id
  pagesRead   Int?   @default(0) @map("pages_read") // counted
  pages       Int    @unique
  author      Author @relation(fields: [authorId], references: [id])
  authorId    Int    @map("author_id")
  status      BookCaseStatus

  @@index([pages, pagesRead])
}

enum BookCaseStatus {
  draft

  @@map( "book_case_status" )
}
`;
const fields = [
  'pages_read:int?=0',
  'pages:int unique',
  'author:references(author)',
  'status:enum(draft)',
];
const oldResources = [defineResource('book-case', fields)];

function renamed(names: Record<string, string>, text = schema) {
  const files = [
    {
      path: 'prisma/schema/other.prisma',
      contents: Buffer.from('model Other {\n  pages Int\n}\n'),
    },
    { path: 'prisma/schema/book-case.prisma', contents: Buffer.from(text) },
  ];
  const renames = new Map([['book-case', new Map(Object.entries(names))]]);
  const [other, own] = renamedSchema(files, { oldResources, renames });
  expect(other).toEqual(files[0]);
  return own?.contents.toString();
}

describe('renamedSchema', () => {
  it.each([
    [
      'a column',
      { pages: 'page_count' },
      'pages       Int ',
      'pages       Int @map("page_count") ',
    ],
    [
      'a column with a name of its own',
      { pages_read: 'read' },
      'Int?   @default(0) @map("pages_read")',
      'Int? @map("read")   @default(0)',
    ],
    [
      'a reference',
      { author: 'writer' },
      'authorId    Int    @map("author_id")',
      'authorId    Int @map("writer_id")   ',
    ],
  ])('renames %s', (_, names, line, newLine) => {
    expect(renamed(names)).toBe(schema.replace(line, newLine));
  });

  it('renames the type of an enum with its column', () => {
    expect(renamed({ status: 'state' })).toBe(
      schema
        .replace('BookCaseStatus\n', 'BookCaseStatus @map("state")\n')
        .replace('@@map( "book_case_status" )', '@@map("book_case_state")'),
    );
  });

  it.each(['model BookCase', 'pages ', 'enum'])('fails without %j', (text) => {
    const without = schema.replaceAll(text, 'x');
    expect(() => renamed({ pages: 'a', status: 'b' }, without)).toThrow(
      /^Cannot rename the field: /,
    );
  });
});
