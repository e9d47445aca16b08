import { describe, expect, it } from 'vitest';
import { mergePrismaSchema } from '../../../lib/merge/merge-prisma-schema.ts';

const base = `model Book {
  id Int @id @default(autoincrement())
  title String @db.VarChar(200)
  version Int @default(1)

  @@map("book")
}
`;
const theirs = base.replace('  version', '  pages Int?\n  version');
const aligned = `// Mine.
model Book {
  id      Int    @id @default(autoincrement())
  title   String @db.VarChar(200)
  note    String?
  version Int    @default(1)
  @@map("book")
}
`;

describe('mergePrismaSchema', () => {
  it('adds a field to a model that was reformatted and extended', () => {
    expect(mergePrismaSchema(base, aligned, theirs)).toBe(
      aligned.replace('200)\n', '200)\n  pages Int?\n'),
    );
  });

  it('changes and removes fields as they were rendered, however they are spaced', () => {
    const longer = base.replace('200', '300');
    expect(mergePrismaSchema(base, aligned, longer)).toBe(
      aligned.replace('title   String @db.VarChar(200)', 'title String @db.VarChar(300)'),
    );
    expect(
      mergePrismaSchema(theirs, aligned.replace('  note', '  pages   Int?\n  note'), base),
    ).toBe(aligned);
  });

  it('changes nothing the second time', () => {
    expect(mergePrismaSchema(base, theirs, theirs)).toBe(theirs);
  });

  it('adds and removes a whole enum', () => {
    const status = 'enum BookStatus {\n  draft\n\n  @@map("book_status")\n}\n';
    expect(mergePrismaSchema(base, aligned, `${base}\n${status}`)).toBe(`${aligned}\n${status}`);
    expect(mergePrismaSchema(`${base}\n${status}`, `${aligned}\n${status}`, base)).toBe(aligned);
  });

  it.each([
    [
      'the same field was changed in two ways',
      aligned.replace('200', '250'),
      base.replace('200', '300'),
    ],
    [
      'a field of that name exists',
      aligned.replace('note   ', 'pages  '),
      base.replace('  version', '  pages Int\n  version'),
    ],
    ['the model is missing', 'model Other {\n}\n', theirs],
  ])('conflicts when %s', (_, ours, next) => {
    expect(mergePrismaSchema(base, ours, next)).toBeUndefined();
  });
});
