import { describe, expect, it } from 'vitest';
import { changeProblems } from '../../../../generators/resource/migration/change-problems.ts';
import { defineResource } from '../../../support/define-resource.ts';

function problems(old: string[], changed: string[], renamed: Record<string, string> = {}) {
  return changeProblems({
    oldResources: [defineResource('book', old)],
    newResources: [defineResource('book', changed)],
    renames: new Map([['book', new Map(Object.entries(renamed))]]),
  });
}

const twoSteps = 'drop the field and add it again, in two steps, which loses its values';

describe('changeProblems', () => {
  it.each([
    ['a:int', 'give it a default, or make it optional with ?'],
    ['a:int unique', 'make it optional with ?'],
    ['a:json', 'make it optional with ?'],
    ['a:int[]', 'make it optional with ?'],
    ['a:references(author)', 'make it optional with ?'],
  ])('refuses the new required field %s', (field, remedy) => {
    expect(problems(['x:int'], ['x:int', field])).toEqual([
      `book.a: existing rows have no value for a new required field: ${remedy}`,
    ]);
  });

  it.each([
    ['a:int', 'a:string(9)', `int cannot become string: ${twoSteps}`],
    ['a:float', 'a:int', `float cannot become int: ${twoSteps}`],
    ['a:int', 'a:int[]', `int cannot become int[]: ${twoSteps}`],
    ['a:date', 'a:datetime', `date cannot become datetime: ${twoSteps}`],
    [
      'a:references(author)',
      'a:references(book)?',
      `its values refer to "author", not to "book": ${twoSteps}`,
    ],
    [
      'a:decimal(9,2)',
      'a:decimal(9,1)',
      '1 instead of 2 digits after the point would round its values: keep 2',
    ],
    [
      'a:enum(x|y)=x',
      'a:enum(x|z)=z',
      'its default "z" is a new value: add the value first, and make it the default in a second change',
    ],
    [
      'a:enum(x|y)=x',
      'a:enum(y)=y',
      'its default "x" is removed: change the default first, and remove the value in a second change',
    ],
  ])('refuses that %s becomes %s', (old, changed, problem) => {
    expect(problems([old], [changed])).toEqual([`book.a: ${problem}`]);
  });

  it('finds the problems of renamed fields, and lists all of them', () => {
    expect(problems(['a:int', 'b:int'], ['b:int[]', 'c:int'], { a: 'b' })).toEqual([
      'book.b: the name belongs to another field until this change: rename or drop that field first, in a change of its own',
      `book.b: int cannot become int[]: ${twoSteps}`,
      'book.c: existing rows have no value for a new required field: give it a default, or make it optional with ?',
    ]);
  });

  it.each([
    [['a:int'], ['a:bigint', 'b:int?', 'c:int=1']],
    [
      ['a:string(9)', 'b:enum(x)=x'],
      ['a:text?', 'b:enum(x|y)=x'],
    ],
    [['a:references(author)'], ['a:references(author)? onDelete=cascade']],
  ])('has nothing against %j becoming %j', (old, changed) => {
    expect(problems(old, changed)).toEqual([]);
  });

  it('has nothing against new resources', () => {
    const newResources = [defineResource('book', ['a:int'])];
    expect(changeProblems({ oldResources: [], newResources, renames: new Map() })).toEqual([]);
  });
});
