import { isRecord } from '../json-record.ts';

/** A member that was changed in two ways. */
const CONFLICT = Symbol('conflict');

/**
 * Merges JSON files by their members, at any depth; lists are values. Members keep the order that they
 * have here, and new ones follow the member that they follow in `theirs`. Undefined when a member was
 * changed in two ways, or a text is not JSON.
 */
export function mergeJson(base: string, ours: string, theirs: string): string | undefined {
  const values = parsed([base, ours, theirs]);
  if (values === undefined) return undefined;
  const merged = mergeValues(values[0], values[1], values[2]);
  if (merged === CONFLICT) return undefined;
  const [, indentation = '  '] = /^[{[]\r?\n([ \t]+)/.exec(ours.trimStart()) ?? [];
  return JSON.stringify(merged, undefined, indentation) + (/\n?$/.exec(ours)?.[0] ?? '');
}

function parsed(texts: readonly string[]): unknown[] | undefined {
  try {
    return texts.map((text): unknown => JSON.parse(text));
  } catch {
    return undefined; // a conflict of the file, which names it
  }
}

function mergeValues(base: unknown, ours: unknown, theirs: unknown): unknown {
  if (isEqual(base, theirs) || isEqual(ours, theirs)) return ours;
  if (isEqual(base, ours)) return theirs;
  if (!isRecord(ours) || !isRecord(theirs)) return CONFLICT;
  return mergeMembers(isRecord(base) ? base : {}, ours, theirs);
}

type Members = Readonly<Record<string, unknown>>;

function mergeMembers(base: Members, ours: Members, theirs: Members): unknown {
  const merged = inOrder(Object.keys(ours), Object.keys(theirs)).map((key): [string, unknown] => [
    key,
    mergeValues(base[key], ours[key], theirs[key]),
  ]);
  if (merged.some(([, value]) => value === CONFLICT)) return CONFLICT;
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

/** The keys of one list, with those that only the other has behind their neighbour there. */
function inOrder(ours: readonly string[], theirs: readonly string[]): string[] {
  return theirs.reduce<string[]>(
    (keys, key, index) => {
      if (keys.includes(key)) return keys;
      const previous = theirs[index - 1];
      const position = previous === undefined ? 0 : keys.indexOf(previous) + 1;
      return keys.toSpliced(position, 0, key);
    },
    [...ours],
  );
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
