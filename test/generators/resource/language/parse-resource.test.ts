import { describe, expect, it } from 'vitest';
import { parseResource } from '../../../../generators/resource/language/parse-resource.ts';

function problemsOf(texts: readonly string[], name = 'book'): [string, number, string][] {
  const parsed = parseResource({ name }, texts);
  if ('definition' in parsed) return [];
  return parsed.problems.map(({ text, column, message }) => [text, column, message]);
}

describe('parseResource', () => {
  it('gives the fields and what is unique together, in both spellings', () => {
    const fields = ['student:references(student)', 'course:references(course)', 'day:date'];
    const parsed = parseResource({ name: 'book' }, [
      ...fields,
      'unique(student, course)',
      'unique:day.course',
    ]);

    expect(parsed).toMatchObject({
      definition: {
        name: 'book',
        fields: [{ name: 'student' }, { name: 'course' }, { name: 'day' }],
        unique: [
          ['student', 'course'],
          ['day', 'course'],
        ],
      },
    });
  });

  it('has nothing against words that SQL and TypeScript reserve', () => {
    expect(problemsOf(['order:int', 'group:text', 'desc:text?', 'class:text', 'new:int'])).toEqual(
      [],
    );
  });

  it('takes a field named unique', () => {
    expect(problemsOf(['unique:boolean'])).toEqual([]);
  });

  it('reports the problems of all fields together', () => {
    expect(
      problemsOf(['title:strng', 'id:int', 'unique(title,page)']).map(([text]) => text),
    ).toEqual(['title:strng', 'id:int']);
  });

  it.each<[string[], string, number, string]>([
    [['a:int', 'a:text'], 'a:text', 1, 'the field "a" appears twice'],
    [['a1:int', 'a_1:int'], 'a_1:int', 1, '"a_1" clashes with "a1"'],
    [['price:int', 'price_from:int'], 'price_from:int', 1, '"price_from" clashes with "price"'],
    [['price_to:int', 'price:date'], 'price:date', 1, '"price" clashes with "price_to"'],
    [['a:references(book)'], 'a:references(book)', 1, 'a required reference to itself: add "?"'],
    [['a_id:int', 'a:references(b)'], 'a:references(b)', 1, '"a" clashes with "a_id"'],
    [
      ['a:int', 'b:int', 'unique(a,bb)'],
      'unique(a,bb)',
      10,
      'unknown field "bb": did you mean "b"?',
    ],
    [['a:int', 'unique(a)'], 'unique(a)', 1, 'expected at least two fields: unique(first,second)'],
    [['a:int', 'b:int', 'unique(a,a)'], 'unique(a,a)', 10, '"a" appears twice'],
    [
      ['a:boolean', 'b:enum(x|y)', 'unique(a,b)'],
      'unique(a,b)',
      1,
      'these fields have too few values to be unique',
    ],
  ])('refuses %j: %s at %d: %s', (texts, ...problem) => {
    expect(problemsOf(texts)).toEqual([problem]);
  });

  it('takes a text that is not ordered beside its name with _from', () => {
    expect(problemsOf(['name:text', 'name_from:text'])).toEqual([]);
  });

  it.each([
    ['a:int unique', 'a'],
    ['a:int index', 'a'],
    ['a:references(b)', 'a_id'],
    ['a:enum(b|c)', 'a'],
  ])('refuses %s where PostgreSQL would cut the name that it makes', (text, column) => {
    const name = 'x'.repeat(63);
    const [problem] = problemsOf([text], name);
    expect(problem?.[2]).toMatch(`PostgreSQL would cut "${name}_${column}`);
  });

  it.each([
    ['a:int(1..5)', '_check'],
    ['a:string(3..9)', '_check'],
    ['a:enum(b|c)', '_new'],
  ])('refuses %s where only the name that ends in %s is cut', (text, ending) => {
    const table = (length: number) => 'x'.repeat(length - `_a${ending}`.length);
    expect(problemsOf([text], table(63))).toEqual([]);
    const message = `PostgreSQL would cut "${table(64)}_a${ending}": choose shorter names`;
    expect(problemsOf([text], table(64))).toEqual([[text, 1, message]]);
  });

  it('takes a long name without bounds', () => {
    expect(problemsOf(['a:int', 'b:string(9)', 'c:int(1..5)[]'], 'x'.repeat(58))).toEqual([]);
  });
});
