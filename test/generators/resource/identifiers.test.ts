import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { renderService } from '../../../generators/app/render-service.ts';
import { resourceClashes } from '../../../generators/resource/language/resource-clashes.ts';
import { HIDING } from '../../../generators/resource/language/resource-name.ts';
import { resourceNames } from '../../../generators/resource/names.ts';
import { defineResource } from '../../support/define-resource.ts';
import { serviceAnswers } from '../../support/rendered.ts';

const empty = renderService(serviceAnswers({ example: false }));
const lion = defineResource('lion', ['name:text']);
// With and without what makes the tests need values of their own.
const zebras = [['isbn:string(13) unique', 'owner:references(lion)'], []].map((texts) =>
  defineResource('zebra', [
    ...['a:string(3..10)', 'b:text?', 'c:int(1..5)=3', 'd:bigint', 'e:float?', 'f:decimal(10,2)=0'],
    ...['g:boolean?', 'h:date', 'i:time', 'j:datetime', 'k:uuid', 'l:enum(x|y)', 'm:json'],
    ...['n:date[]?', 'o:string(9) sensitive', 'p:references(zebra)?', 'q:references(lion)?'],
    ...texts,
  ]),
);

/** The syntax trees of the files of a resource. */
const sources = zebras.flatMap((zebra) =>
  renderService(serviceAnswers({ example: false }), [lion, zebra])
    .filter(({ path }) => path.endsWith('.ts') && path.includes('zebra'))
    .map(({ path, contents }) =>
      ts.createSourceFile(path, contents.toString(), ts.ScriptTarget.Latest, true),
    ),
);

function identifiersIn(root: ts.Node): ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isMember(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** Members of an object hide nothing. */
function isMember(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    'name' in parent &&
    parent.name === node &&
    (ts.isPropertyAccessExpression(parent) ||
      ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isMethodDeclaration(parent))
  );
}

/** The names of resources by which an identifier becomes another one of its file. */
function hidingNames(source: ts.SourceFile): string[] {
  const identifiers = [...new Set(identifiersIn(source).map(({ text }) => text))];
  const others = identifiers.filter((each) => !/zebra/i.test(each));
  const own = identifiers.filter((each) => /zebra/i.test(each) && each !== 'zebra');
  return own.flatMap((each) => {
    const [before = '', after = ''] = each.split(/zebra/i);
    const pattern = new RegExp(`^${before}(\\w+)${after}$`);
    const isPascal = each.includes('Zebra');
    return others.flatMap((other) => {
      const [, name = ''] = pattern.exec(other) ?? [];
      return /^[A-Z]/.test(name) === isPascal && /^[a-z]+$/i.test(name) ? [kebabCase(name)] : [];
    });
  });
}

/** What else the functions with a variable for the resource mention. */
function wordsNextToVariable(source: ts.SourceFile): string[] {
  return identifiersIn(source)
    .filter(({ text }) => text === 'zebra')
    .flatMap((variable) => {
      const scope = ts.findAncestor(variable, ts.isFunctionLike) ?? source;
      return identifiersIn(scope).map(({ text }) => text);
    })
    .filter((word) => /^[a-z]/.test(word) && !/zebra/i.test(word));
}

function kebabCase(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

describe('the name of a resource', () => {
  it('is refused where it would hide what its files use, and only there', () => {
    const files = empty.map(({ path }) => path);
    const hiding = new Set(sources.flatMap(hidingNames));
    const refusedOtherwise = [...hiding].filter((name) => {
      const surroundings = { resources: [lion], files, declared: new Map() };
      const problems = resourceClashes(defineResource(name, []), surroundings);
      return problems.length > 0 && !HIDING.includes(name);
    });
    const expected = [...hiding].filter((name) => !refusedOtherwise.includes(name));
    expect(expected.toSorted()).toEqual(HIDING.toSorted());
  });

  it('is not that of a variable where the function uses the word otherwise', () => {
    const taken = sources
      .flatMap(wordsNextToVariable)
      .filter((word) => resourceNames({ name: kebabCase(word) }).variable === word);
    expect([...new Set(taken)]).toEqual([]);
  });
});
