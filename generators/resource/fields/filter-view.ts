import type { Field, FieldKind, ResourceDefinition } from '../definition.ts';
import { fieldKinds } from './field-kinds.ts';
import { requiredSnippet, type Snippets } from './snippets.ts';

/** How lists are filtered by a field; most members are pieces of source text. */
export interface FilterView {
  /** Whether only the first value of its parameter counts. */
  first: boolean;
  /** Whether there are parameters for the least and the greatest value. */
  range: boolean;
  /** In the query of the domain. */
  type: string;
  /** The TypeBox schema of one value. */
  schema: string;
  /** Reads the parameters from `params`. */
  read: string;
  /** What Prisma takes for the value in `query`. */
  where: string;
  /** Source text by which tests compare the values of an item, and texts. */
  compareItem: (value: string) => string;
  compareText: (value: string) => string;
  /** The value of an item as text. */
  itemText: (value: string) => string;
  /** The functions that read it. */
  readers: string[];
}

/** Derives it; undefined when lists are not filtered by the field. */
export function filterView(
  { name, type: { kind }, array, optional, sensitive }: Field,
  { filters }: ResourceDefinition,
  snippets: Snippets,
  { camel, column }: { camel: string; column: string },
): FilterView | undefined {
  const { filter } = fieldKinds[kind];
  if (!(filters?.includes(name) ?? !(array || sensitive || filter === 'none'))) return undefined;
  const type = requiredSnippet(snippets, 'type');
  const schema = snippets.get('response schema') ?? requiredSnippet(snippets, 'schema');
  const range = filter === 'range';
  const value = `query.${camel}`;
  const shared = { range, type, schema, where: value, ...comparisons(kind, optional) };
  if (filters !== undefined) {
    const read = `getTextQueryParam('${column}', params)`;
    return { ...shared, first: true, range: false, read, readers: [] };
  }
  if (kind === 'boolean') {
    const read = `getBooleanFilter('${column}', params)`;
    return { ...shared, first: false, read, readers: ['getBooleanFilter'] };
  }
  const reader = range ? 'getRangeFilter' : 'getFilter';
  const parser = requiredSnippet(snippets, 'filter');
  return {
    ...shared,
    first: false,
    type: `Filter<${type}>`,
    read: `${reader}('${column}', params, ${parser})`,
    where: `toPrismaFilter(${value})`,
    readers: [reader, parser.replace(/\(.*/, '')],
  };
}

type Comparisons = Pick<FilterView, 'compareItem' | 'compareText' | 'itemText'>;

function comparisons(kind: FieldKind, optional: boolean): Comparisons {
  const asText = (value: string) => (isNumber || optional ? `String(${value})` : value);
  const isNumber = kind === 'int' || kind === 'float';
  if (kind === 'bigint') {
    const compare = (value: string) => `BigInt(${value}${optional ? ' ?? 0' : ''})`;
    return { compareItem: compare, compareText: (value) => `BigInt(${value})`, itemText: asText };
  }
  if (isNumber || kind === 'decimal') {
    const compareText = (value: string) => `Number(${value})`;
    const compareItem = isNumber && !optional ? (value: string) => value : compareText;
    return { compareItem, compareText, itemText: asText };
  }
  return { compareItem: asText, compareText: (value) => value, itemText: asText };
}
