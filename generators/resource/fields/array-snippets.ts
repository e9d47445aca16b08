import { requiredSnippet, type Snippets } from './snippets.ts';

/** What a made service says of a list of values, from what it says of one. */
export function arraySnippets(item: Snippets): Snippets {
  const type = requiredSnippet(item, 'type');
  const schemas = ['schema', 'response schema'].flatMap((title) => mapped(item, title, ofArray));
  const conversions = ['parse', 'print', 'model'].flatMap((title) => mapped(item, title, ofEach));
  return new Map([
    ['type', /\W/.test(type) ? `(${type})[]` : `${type}[]`],
    ...['prisma type', 'prisma attribute', 'sql'].flatMap((title) => mapped(item, title, String)),
    ...schemas,
    ...conversions,
    ...mapped(item, 'printed', (text) => `[${text}]`),
    ...mapped(item, 'domain example', (text) => `[${text}]`),
    ['null', "'must be array'"],
    ...[...item].filter(([title]) => title.startsWith('refused: ')).map(ofRefusal),
    ['refused: that is not a list', "'x'\n'must be array'"],
  ]);
}

function mapped(
  snippets: Snippets,
  title: string,
  convert: (text: string) => string,
): [string, string][] {
  const text = snippets.get(title);
  return text === undefined ? [] : [[title, convert(text)]];
}

function ofArray(schema: string): string {
  return `Type.Array(${schema})`;
}

function ofEach(conversion: string): string {
  return `$value.map((value) => ${conversion.replaceAll('$value', 'value')})`;
}

function ofRefusal([title, text]: [string, string]): [string, string] {
  const [value = '', ...message] = text.split('\n');
  return [
    title.replace('refused: ', 'refused: with an element '),
    [`[${value}]`, ...message].join('\n'),
  ];
}
