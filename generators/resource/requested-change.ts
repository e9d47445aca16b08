import { exitStatus } from '../../lib/errors/exit-status.ts';
import { GeneratorError } from '../../lib/errors/generator-error.ts';
import { nearest } from '../../lib/options/nearest.ts';
import type { ResourceDefinition } from './definition.ts';
import { definitionPath, type StoredDefinition, textsOf } from './definition-file.ts';
import { problemText } from './language/problem.ts';
import { parseResource } from './language/parse-resource.ts';
import type { DefinitionChange } from './migration/schema-change.ts';
import type { ResourceValues } from './options.ts';
import { readResources } from './resources-file.ts';

type Definitions = ReadonlyMap<string, ResourceDefinition>;

/**
 * What the options ask for.
 *
 * @param stored the definitions that the service stores
 * @param committed the contents of a definition's file before it was edited, if it was
 * @throws {GeneratorError} with all problems at once
 */
export async function requestedChange(
  stored: ReadonlyMap<string, StoredDefinition>,
  values: ResourceValues,
  committed: (name: string) => Promise<StoredDefinition | undefined>,
): Promise<DefinitionChange> {
  const present = valid(stored);
  refuseMisuse(values);
  if (values.from !== '') return changed(present, readResources(values.from));
  const { name } = values;
  const existing = present.get(name);
  if (values.remove) return removed(present, name);
  if (changesOf(values).length > 0) return modified(present, name, values);
  if (values.fields.length > 0) {
    return changed(present, [parsed(named(values, existing), values.fields, existing?.filters)]);
  }
  const previous = existing && (await committed(name));
  if (existing === undefined || previous === undefined) throw nothingToDo(name, existing);
  const [before] = [...valid(new Map([[name, previous]])).values()];
  if (before === undefined) throw nothingToDo(name, existing);
  return changed(new Map([...present, [name, before]]), [existing]);
}

function refuseMisuse(values: ResourceValues): void {
  const { name, fields, from, plural, remove, force } = values;
  const changes = changesOf(values);
  const wanted = [fields.length > 0, changes.length > 0, remove].filter(Boolean);
  const problems = [
    ...(from === '' && name === '' ? ['No name: expected resource <name> <fields...>.'] : []),
    ...(from !== '' && (name !== '' || wanted.length > 0)
      ? ['--from takes all resources from its file: omit names, fields and changes.']
      : []),
    ...(wanted.length > 1
      ? ['Fields, --remove, and --add, --drop or --rename exclude one another.']
      : []),
    ...(plural !== '' && !remove && fields.length + changes.length === 0
      ? ['--plural belongs to fields, --add, --drop or --rename.']
      : []),
    ...(force && !remove ? ['--force belongs to --remove.'] : []),
  ];
  refuse(problems);
}

function changesOf({ add, drop, rename }: ResourceValues): readonly string[] {
  return [...add, ...drop, ...rename];
}

function changed(present: Definitions, changes: readonly ResourceDefinition[]): DefinitionChange {
  const after = new Map([...present, ...changes.map((each) => [each.name, each] as const)]);
  return {
    oldResources: [...present.values()],
    newResources: [...after.values()],
    renames: new Map(),
  };
}

function removed(present: Definitions, name: string): DefinitionChange {
  existingResource(present, name);
  const after = [...present.values()].filter((each) => each.name !== name);
  const referring = after.filter(({ fields }) =>
    fields.some(({ type }) => type.kind === 'references' && type.resource === name),
  );
  refuse(
    referring.map(
      (each) => `${each.name} refers to ${name}: remove ${each.name} or its reference first.`,
    ),
  );
  return { oldResources: [...present.values()], newResources: after, renames: new Map() };
}

function modified(present: Definitions, name: string, values: ResourceValues): DefinitionChange {
  const existing = existingResource(present, name);
  const known = existing.fields.map((field) => field.name);
  const renames = new Map(values.rename.map((text) => pair(text)));
  const unknown = [...values.drop, ...renames.keys()].filter((field) => !known.includes(field));
  refuse([
    ...unknown.map((field) => `${name} has no field "${field}".${guess(field, known)}`),
    ...[...renames].flatMap(([old, next]) =>
      next === '' ? [`--rename ${old}: expected old=new, such as pages=page_count.`] : [],
    ),
  ]);
  const renamed = (field: string) => renames.get(field) ?? field;
  const kept = existing.fields.flatMap((field, index) =>
    values.drop.includes(field.name)
      ? []
      : [`${renamed(field.name)}:${existing.texts[index] ?? ''}`],
  );
  const unique = existing.unique
    .filter((names) => !names.some((field) => values.drop.includes(field)))
    .map((names) => `unique(${names.map(renamed).join(',')})`);
  const filters = existing.filters?.filter((field) => !values.drop.includes(field)).map(renamed);
  const next = parsed(named(values, existing), [...kept, ...unique, ...values.add], filters);
  return { ...changed(present, [next]), renames: new Map([[name, renames]]) };
}

/** The name, and the plural that was typed or stored. */
function named(
  { name, plural }: ResourceValues,
  existing: ResourceDefinition | undefined,
): Pick<ResourceDefinition, 'name' | 'plural'> {
  const stored = plural || existing?.plural;
  return { name, ...(stored !== undefined && { plural: stored }) };
}

/** `old=new` as a pair; the second is empty where there is none. */
function pair(text: string): readonly [string, string] {
  const [, old = text, next = ''] = /^(\w+)[=:](\w+)$/.exec(text) ?? [];
  return [old, next];
}

function parsed(
  base: Pick<ResourceDefinition, 'name' | 'plural'>,
  texts: readonly string[],
  filters: readonly string[] | undefined,
): ResourceDefinition {
  const result = parseResource(base, texts);
  if ('problems' in result) {
    refuse(result.problems.map(problemText));
    throw new Error('A definition without problems was refused');
  }
  const { definition } = result;
  const left = filters?.filter((field) =>
    definition.fields.some(({ name: each }) => each === field),
  );
  return left === undefined || left.length === 0 ? definition : { ...definition, filters: left };
}

function valid(stored: ReadonlyMap<string, StoredDefinition>): Definitions {
  refuse([...stored.values()].flatMap((each) => ('problems' in each ? each.problems : [])));
  return new Map(
    [...stored].flatMap(([name, each]) =>
      'definition' in each ? [[name, each.definition] as const] : [],
    ),
  );
}

function existingResource(present: Definitions, name: string): ResourceDefinition {
  const existing = present.get(name);
  if (existing !== undefined) return existing;
  const names = [...present.keys()];
  throw usage([`There is no resource "${name}".${guess(name, names)}`]);
}

function guess(word: string, words: readonly string[]): string {
  const meant = nearest(word, words);
  return meant === undefined ? '' : ` Did you mean "${meant}"?`;
}

function nothingToDo(name: string, existing: ResourceDefinition | undefined): GeneratorError {
  if (existing === undefined) {
    return usage([`There is no resource "${name}", and no fields to create it with.`]);
  }
  const path = definitionPath(name);
  return usage([
    `${path} is as it was committed, and there is nothing else to change: ${textsOf(existing).join(' ')}`,
  ]);
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw usage(problems);
}

function usage(problems: readonly string[]): GeneratorError {
  return new GeneratorError(exitStatus.usage, {
    reason: problems.join('\n'),
    hint: 'Nothing was written. Add --help to list all options.',
  });
}
