import { expect, it } from 'vitest';
import { prismaDeclarations } from '../../../../generators/resource/migration/prisma-declarations.ts';

it('gives the names of models, enums, tables and types', () => {
  const text = `
// model Draft {
generator client {
  provider = "prisma-client"
}

model  Book{
  id Int @id @map("book_id")
  @@map("books")
}

  enum Genre {
    NOVEL
    @@map( name: "book_genre" )
  }

view Sale {
  id Int @unique
  type String
  // @@map("sales")
}`;
  const path = 'prisma/schema/shop.prisma';
  const names = ['Book', 'books', 'Genre', 'book_genre', 'Sale'];
  expect(prismaDeclarations([{ path, contents: Buffer.from(text) }])).toEqual(
    new Map(names.map((name) => [name, path])),
  );
});
