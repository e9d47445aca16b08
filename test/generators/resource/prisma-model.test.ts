import { describe, expect, it } from 'vitest';
import { addModelField } from '../../../generators/resource/prisma-model.ts';

const source = `enum Genre {
  novel
}

model   Author {
  id   Int @id // kept

  name String

  @@map("author")
}
`;

describe('addModelField', () => {
  it('adds the field after the last one and keeps all other lines', () => {
    expect(addModelField(source, 'Author', 'books Book[] @relation("BookAuthor")')).toBe(
      source.replace('  name String\n', '  name String\n  books Book[] @relation("BookAuthor")\n'),
    );
  });

  it('adds to a model without attributes', () => {
    expect(addModelField('model A {\n  id Int @id\n}\n', 'A', 'b B[]')).toBe(
      'model A {\n  id Int @id\n  b B[]\n}\n',
    );
  });

  it('leaves a field alone that is already there', () => {
    const once = addModelField(source, 'Author', 'books Book[]');
    expect(addModelField(once, 'Author', 'books Book[]')).toBe(once);
  });

  it('fails when there is no such model', () => {
    expect(() => addModelField(source, 'Genre', 'books Book[]')).toThrow('There is no model Genre');
  });
});
