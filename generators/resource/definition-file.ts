import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../lib/errors/generator-error.ts';
import { committedContents } from '../../lib/git/committed-contents.ts';
import { isRecord, stringsIn } from '../../lib/json-record.ts';
import { refuseProblems } from '../../lib/options/resolve.ts';
import type { ResourceDefinition } from './definition.ts';
import { problemText } from './language/problem.ts';
import { parseResource } from './language/parse-resource.ts';

/** The folder of a service with one file for each of its resources. */
export const DEFINITIONS = 'resources';

const MEMBERS = ['plural', 'fields', 'unique', 'filters'];
const LINE = 100;

/** A definition, or what is wrong with its file. */
export type StoredDefinition =
  { readonly definition: ResourceDefinition } | { readonly problems: readonly string[] };

/** The path of a resource's definition in its service. */
export function definitionPath(name: string): string {
  return `${DEFINITIONS}/${name}.json`;
}

/** Whether a path is that of a resource's definition. */
export function isDefinition(path: string): boolean {
  return path.startsWith(`${DEFINITIONS}/`) && path.endsWith('.json');
}

/** The contents of a definition's file, formatted as Prettier does by default. */
export function storedDefinition(definition: ResourceDefinition): string {
  const { plural, fields, texts, unique, filters = [] } = definition;
  const lines = fields.map(
    ({ name }, index) => `    ${JSON.stringify(name)}: ${JSON.stringify(texts[index])}`,
  );
  const lists = { unique: unique.map((names) => names.join(',')), filters };
  const members = [
    ...(plural === undefined ? [] : [`  "plural": ${JSON.stringify(plural)}`]),
    `  "fields": {\n${lines.join(',\n')}\n  }`,
    ...Object.entries(lists)
      .filter(([, items]) => items.length > 0)
      .map(([name, items]) => `  "${name}": ${jsonList(items)}`),
  ];
  return `{\n${members.join(',\n')}\n}`;
}

/** The texts that a definition is parsed from, which are typed on a command line. */
export function textsOf({ fields, texts, unique }: ResourceDefinition): string[] {
  return [
    ...fields.map(({ name }, index) => `${name}:${texts[index] ?? ''}`),
    ...unique.map((names) => `unique(${names.join(',')})`),
  ];
}

/** Reads a definition from the contents of its file. */
export function parseDefinition(name: string, contents: string): StoredDefinition {
  const path = definitionPath(name);
  const content = parseJson(contents);
  if (typeof content === 'string') return { problems: [`${path}: ${content}`] };
  return definitionFrom(name, content, path);
}

/**
 * Reads a definition from what its file holds.
 *
 * @param source the file, for messages
 */
export function definitionFrom(
  name: string,
  content: Readonly<Record<string, unknown>>,
  source: string,
): StoredDefinition {
  const unknown = Object.keys(content).filter((member) => !MEMBERS.includes(member));
  const { fields } = content;
  if (unknown.length > 0 || !isRecord(fields)) {
    const problem = isRecord(fields) ? `unknown member "${unknown.join('", "')}"` : 'no "fields"';
    return { problems: [`${source}: ${problem}. Expected an object with ${MEMBERS.join(', ')}.`] };
  }
  const texts = [
    ...Object.entries(fields).map(([field, type]) => `${field}:${String(type)}`),
    ...stringsIn(content['unique']).map((names) => `unique(${names})`),
  ];
  const { plural } = content;
  const parsed = parseResource({ name, ...(typeof plural === 'string' && { plural }) }, texts);
  if ('problems' in parsed) {
    return { problems: parsed.problems.map((problem) => `${source}: ${problemText(problem)}`) };
  }
  const filters = stringsIn(content['filters']);
  return { definition: { ...parsed.definition, ...(filters.length > 0 && { filters }) } };
}

/** The definitions that a service stores, sorted by name, each under its name. */
export function readDefinitions(directory: string): ReadonlyMap<string, StoredDefinition> {
  const folder = join(directory, DEFINITIONS);
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  return new Map(
    files
      .filter((file) => file.endsWith('.json'))
      .map((file) => {
        const name = file.slice(0, -'.json'.length);
        return [name, parseDefinition(name, readFileSync(join(folder, file), 'utf8'))] as const;
      }),
  );
}

/**
 * The resources that a service stores, sorted by name.
 *
 * @throws {GeneratorError} when a definition is invalid
 */
export function storedResources(directory: string): ResourceDefinition[] {
  const stored = [...readDefinitions(directory).values()];
  refuseProblems(stored.flatMap((each) => ('problems' in each ? each.problems : [])));
  return stored.flatMap((each) => ('definition' in each ? [each.definition] : []));
}

function jsonList(items: readonly string[]): string {
  const line = `[${items.map((item) => JSON.stringify(item)).join(', ')}]`;
  if (line.length + 12 <= LINE) return line;
  return `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
}

function parseJson(contents: string): Readonly<Record<string, unknown>> | string {
  try {
    const content: unknown = JSON.parse(contents);
    return isRecord(content) ? content : 'expected an object';
  } catch (error) {
    return `invalid JSON: ${messageOf(error)}`;
  }
}

/**
 * The definition as it was committed last, if its file was edited since; undefined when it was not, or
 * was never committed.
 */
export async function committedDefinition(
  directory: string,
  name: string,
): Promise<StoredDefinition | undefined> {
  const path = definitionPath(name);
  const contents = await committedContents(directory, path);
  if (contents === undefined) return undefined;
  const present = readFileSync(join(directory, path), 'utf8');
  return contents === present.replaceAll('\r\n', '\n')
    ? undefined
    : parseDefinition(name, contents);
}
