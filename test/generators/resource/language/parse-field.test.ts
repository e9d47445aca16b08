import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from '../../../../generators/resource/definition.ts';
import { kindNames } from '../../../../generators/resource/fields/field-kinds.ts';
import { parseField } from '../../../../generators/resource/language/parse-field.ts';

const plain = { array: false, optional: false, unique: false, index: false, sensitive: false };

function fieldOf(text: string): Field {
  const { field, problems } = parseField(text);
  if (field === undefined) throw new Error(JSON.stringify(problems));
  return field;
}

function problemsOf(text: string): [number, string][] {
  return parseField(text).problems.map(({ column, message }) => [column, message]);
}

describe('parseField', () => {
  it.each<[string, string, object]>([
    ['a:string(200)', 'a:string:200', { type: { kind: 'string', max: 200 } }],
    ['a:string(3..10)', 'a:string:3..10', { type: { kind: 'string', min: 3, max: 10 } }],
    ['a:text', 'a:text', { type: { kind: 'text' } }],
    ['a:int?', 'a:int:optional', { type: { kind: 'int' }, optional: true }],
    ['a:int(-5..5)', 'a:int:-5..5', { type: { kind: 'int', min: -5, max: 5 } }],
    ['a:int(1..)', 'a:int:1..', { type: { kind: 'int', min: 1 } }],
    ['a:float(0..0.5)', 'a:float:0..0.5', { type: { kind: 'float', min: 0, max: 0.5 } }],
    ['a:bigint=1', 'a:bigint:default:1', { type: { kind: 'bigint' }, default: '1' }],
    [
      'a:decimal(10,2)=0',
      'a:decimal:10.2:default:0',
      { type: { kind: 'decimal', precision: 10, scale: 2 }, default: '0.00' },
    ],
    ['a:boolean=true', 'a:boolean:default:true', { type: { kind: 'boolean' }, default: 'true' }],
    [
      'a:datetime=2024-02-29T23:59:59Z',
      'a:datetime:default:2024-02-29T23:59:59Z',
      { type: { kind: 'datetime' }, default: '2024-02-29T23:59:59.000Z' },
    ],
    [
      'a:time index=09:30:00',
      'a:time:index:default:09:30:00',
      { type: { kind: 'time' }, index: true, default: '09:30:00' },
    ],
    [
      'a:enum(draft|published)=draft',
      'a:enum:draft.published:default:draft',
      { type: { kind: 'enum', values: ['draft', 'published'] }, default: 'draft' },
    ],
    ['a:string(20)[]', 'a:string:20:array', { type: { kind: 'string', max: 20 }, array: true }],
    [
      'a:uuid[]? sensitive',
      'a:uuid:array:optional:sensitive',
      { type: { kind: 'uuid' }, array: true, optional: true, sensitive: true },
    ],
    [
      'a:references(author)? onDelete=set-null',
      'a:references:author:optional:on-delete:set-null',
      { type: { kind: 'references', resource: 'author', onDelete: 'set-null' }, optional: true },
    ],
    ['a:json', 'a:json', { type: { kind: 'json' } }],
    [
      'a:string(6)? pattern=^[A-Z]{2}\\d{4}$ example=AB1234 = CD5678',
      'a:string:6:optional:pattern:^[A-Z]{2}\\d{4}$ example:AB1234 default:CD5678',
      {
        type: {
          kind: 'string',
          max: 6,
          match: { pattern: '^[A-Z]{2}\\d{4}$', example: 'AB1234' },
        },
        optional: true,
        default: 'CD5678',
      },
    ],
    [
      "a:string(9) = it's = 1 ",
      "a:string:9:default: it's = 1",
      { type: { kind: 'string', max: 9 }, default: "it's = 1" },
    ],
  ])('takes %s and, without characters of the shell, %s', (text, safe, expected) => {
    expect(fieldOf(text)).toEqual({ name: 'a', ...plain, ...expected });
    expect(fieldOf(safe)).toEqual(fieldOf(text));
  });

  it('takes modifiers in any order', () => {
    expect(fieldOf('a:int unique? sensitive')).toEqual(fieldOf('a:int:sensitive:optional:unique'));
  });

  it.each<[string, number, string]>([
    ['', 1, 'missing name: expected name:type, such as title:string(200)'],
    ['title', 6, 'missing type: expected name:type, such as title:string(200)'],
    ['pageCount:int', 1, 'invalid name "pageCount": expected snake_case, such as page_count'],
    ['id:int', 1, 'every resource already has "id"'],
    ['updated_at:date', 1, 'every resource already has "updated_at"'],
    ['per_page:int', 1, '"per_page" is a query parameter of every list'],
    ['xmin:int', 1, '"xmin" is a system column of PostgreSQL'],
    ['or:text', 1, '"or" is an operator of Prisma\'s filters'],
    ['has_own_property:int', 1, '"has_own_property" is a member of every object in JavaScript'],
    ['to_string:text', 1, '"to_string" is a member of every object in JavaScript'],
    [`${'a'.repeat(64)}:int`, 1, 'the name has 64 characters: PostgreSQL cuts it after 63'],
    ['a:strng(9)', 3, 'unknown type "strng": did you mean "string"?'],
    ['a:Boolean', 3, 'unknown type "Boolean": did you mean "boolean"?'],
    ['a:string', 3, 'the length is missing: expected string(200) or string(3..10)'],
    [
      'a:string(x)',
      3,
      'invalid bounds "x": expected a range such as 1..5: expected string(200) or string(3..10)',
    ],
    ['a:int(5..1)', 3, 'the bounds 5..1 are in the wrong order: expected int or int(1..5)'],
    ['a:int(0..9999999999)', 3, 'bound 9999999999 is out of range: expected int or int(1..5)'],
    ['a:text(9)', 3, '"text" takes no arguments: expected text'],
    ['a:enum(a|a)', 3, 'the value "a" appears twice: expected enum(draft|published)'],
    ['a:decimal(2,3)', 3, 'expected at most 2 digits after the point: expected decimal(10,2)'],
    ['a:int uniqe', 7, 'unknown modifier "uniqe": did you mean "unique"?'],
    ['a:int unique unique', 14, '"unique" appears twice'],
    ['a:int(1..5)=6', 12, 'invalid default "6": expected at most 5'],
    [
      'a:decimal(3,1)=100',
      15,
      'invalid default "100": expected at most 2 digits before the point and 1 after it',
    ],
    ['a:date=2023-02-29', 7, 'invalid default "2023-02-29": expected a date such as 2024-02-29'],
    ['a:enum(b|c)=d', 12, 'invalid default "d": expected b or c'],
    ['a:json={}', 7, 'invalid default "{}": "json" takes no default'],
    ['a:boolean unique', 11, 'too few values: the tests need 1000'],
    ['a:int(1..999) unique', 15, 'too few values: the tests need 1000'],
    ['a:string(1) unique', 13, 'too few values: the tests need 1000'],
    ['a:decimal(2,1) unique', 16, 'too few values: the tests need 1000'],
    ['a:string(9) pattern=^A example=A1 unique', 35, 'too few values: the tests need 1000'],
    ['a:int pattern=1 example=1', 7, 'only "string" and "text" have a pattern'],
    ['a:text example=1', 8, 'an example needs a pattern'],
    ['a:text pattern=^A', 8, 'a pattern needs example=, a text that matches it'],
    ['a:text pattern=^A example=B', 8, 'the example "B" does not match ^A'],
    [
      'a:text pattern=( example=B',
      8,
      'invalid pattern "(": expected a regular expression of JavaScript',
    ],
    [
      'a:string(2) pattern=^A example=ABC',
      13,
      'invalid example "ABC": expected a length of at most 2',
    ],
    ['a:text pattern=^A example=A =B', 29, 'invalid default "B": expected a match of ^A'],
    ['a:json[]', 7, 'there are no arrays of "json"'],
    ['a:int[] unique', 9, 'an array cannot be unique'],
    ['a:int unique=1', 13, 'a unique field cannot have a default'],
    ['a:references(b) onDelete=set-null', 17, '"set-null" needs an optional reference: add "?"'],
    ['a:references(b) onDelete=cascde', 17, 'unknown value "cascde": did you mean "cascade"?'],
    ['a:int onDelete=cascade', 7, 'only "references" has "onDelete"'],
  ])('refuses %s at %d: %s', (text, column, message) => {
    expect(problemsOf(text)).toEqual([[column, message]]);
  });

  it('reports all problems of a field together', () => {
    expect(problemsOf('id:int(1..5) uniqe=9').map(([column]) => column)).toEqual([1, 14, 19]);
  });

  it('takes any text for either a field or problems within it', () => {
    const words = fc.constantFrom(
      ...kindNames,
      ...['a', ':', '(', ')', '[]', '?', ' ', '=', 'unique', '1..5', '9', 'default:'],
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(words).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { field, problems } = parseField(text);
        expect(field === undefined).toBe(problems.length > 0);
        for (const { column } of problems) {
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual(text.length + 1);
        }
      }),
    );
  });
});
