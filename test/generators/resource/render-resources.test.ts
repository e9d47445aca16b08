import { describe, expect, it } from 'vitest';
import { renderService } from '../../../generators/app/render-service.ts';
import { definitionPath, parseDefinition } from '../../../generators/resource/definition-file.ts';
import type { ResourceDefinition } from '../../../generators/resource/definition.ts';
import { todo } from '../../../generators/resource/todo.ts';
import { defineResource } from '../../support/define-resource.ts';
import { serviceAnswers } from '../../support/rendered.ts';

const answers = serviceAnswers({ example: false });
const author = defineResource('author', ['name:string(100) unique']);
const book = defineResource('book', [
  'title:text',
  'author:references(author)',
  'unique(title,author)',
]);

function rendered(...definitions: readonly ResourceDefinition[]) {
  const files = renderService(answers, definitions);
  return new Map(files.map(({ path, contents }) => [path, contents.toString()]));
}

describe('the resources of a service', () => {
  it('are rendered in the same way whatever their order', () => {
    expect(rendered(author, book)).toEqual(rendered(book, author));
  });

  it('share what several need', () => {
    expect([...rendered(author, book).keys()]).toContain('src/api/filters.ts');
    expect([...rendered().keys()]).not.toContain('src/api/filters.ts');
    expect([...rendered(author).keys()]).toContain('tests/support/item-tests.ts');
    expect([...rendered().keys()]).not.toContain('tests/support/item-tests.ts');
  });

  it('import what only their filters use', () => {
    const note = defineResource('note', ['text:text?']);
    const schemas = rendered(note).get('src/api/schemas/note-schemas.ts') ?? '';
    expect(schemas).toContain('  text: Type.Array(Text()),\n');
    expect(schemas).toMatch(/import \{[^}]*\bText,[^}]*\} from '.\/common-schemas.ts'/);
  });

  it('change no file of another but the model that a reference needs', () => {
    const before = rendered(author);
    const after = rendered(author, book);
    const changed = [...before].filter(([path, text]) => after.get(path) !== text);
    expect(changed.map(([path]) => path)).toEqual([
      'prisma/schema/author.prisma',
      'src/resource-controllers.ts',
      'src/resource-dependencies.ts',
    ]);
    expect(after.get('prisma/schema/author.prisma')).toContain(
      '  bookAuthor Book[] @relation("BookAuthor")\n',
    );
  });

  it.each([author, book, todo])('store definitions that can be read: $name', (definition) => {
    const stored = rendered(definition).get(definitionPath(definition.name)) ?? '';
    expect(parseDefinition(definition.name, stored)).toEqual({ definition });
  });
});
