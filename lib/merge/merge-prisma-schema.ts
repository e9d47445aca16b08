/** One line of a block, and what it declares. */
interface Declaration {
  /** The name of a field or a value; for an attribute of the block, all of it. */
  readonly key: string;
  /** The line, with single blanks. */
  readonly text: string;
  /** Where it is in the file. */
  readonly index: number;
}

interface Block {
  readonly start: number;
  readonly end: number;
  readonly declarations: readonly Declaration[];
}

/**
 * Merges Prisma schemas by models, enums, fields and attributes, however their lines are formatted.
 * Undefined when the same declaration was changed in two ways, or a block is missing.
 */
export function mergePrismaSchema(base: string, ours: string, theirs: string): string | undefined {
  const [before, after] = [blocksIn(base), blocksIn(theirs)];
  let merged: string | undefined = ours;
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    if (merged === undefined) return undefined;
    merged = mergeBlock(name, before.get(name), merged, { block: after.get(name), text: theirs });
  }
  return merged;
}

function mergeBlock(
  name: string,
  before: Block | undefined,
  ours: string,
  theirs: { readonly block: Block | undefined; readonly text: string },
): string | undefined {
  const present = blocksIn(ours).get(name);
  const { block: after } = theirs;
  if (before && after) return present && mergeDeclarations(before, ours, name, after);
  if (after) return present ? undefined : `${ours.trimEnd()}\n\n${textOf(after, theirs.text)}\n`;
  if (present === undefined) return ours;
  return before && isEqual(before, present) ? without(ours, present) : undefined;
}

function mergeDeclarations(
  before: Block,
  ours: string,
  name: string,
  after: Block,
): string | undefined {
  let merged: string | undefined = ours;
  for (const { key, text } of before.declarations) {
    const next = find(after, key);
    if (merged === undefined) return undefined;
    if (next?.text !== text) merged = replace(merged, name, { key, text }, next?.text);
  }
  after.declarations.forEach(({ key, text }, index) => {
    if (merged === undefined || find(before, key)) return;
    const previous = after.declarations.slice(0, index).map((each) => each.key);
    merged = insert(merged, name, { key, text }, previous);
  });
  return merged;
}

type Keyed = Pick<Declaration, 'key' | 'text'>;

/** Replaces a declaration, or removes it, where it is still as it was. */
function replace(
  source: string,
  name: string,
  { key, text }: Keyed,
  next: string | undefined,
): string | undefined {
  const block = blocksIn(source).get(name);
  const present = block && find(block, key);
  if (present === undefined) return next === undefined ? source : undefined;
  if (present.text === next) return source;
  if (present.text !== text) return undefined;
  const lines = source.split('\n');
  const indentation = /^\s*/.exec(lines[present.index] ?? '')?.[0] ?? '';
  return lines
    .toSpliced(present.index, 1, ...(next === undefined ? [] : [indentation + next]))
    .join('\n');
}

/** Adds a declaration behind the nearest of those that precede it. */
function insert(
  source: string,
  name: string,
  { key, text }: Keyed,
  previous: readonly string[],
): string | undefined {
  const block = blocksIn(source).get(name);
  if (block === undefined) return undefined;
  const present = find(block, key);
  if (present !== undefined) return present.text === text ? source : undefined;
  const nearest = previous
    .toReversed()
    .map((each) => find(block, each))
    .find((each) => each !== undefined);
  const index = nearest?.index ?? block.start;
  return source
    .split('\n')
    .toSpliced(index + 1, 0, `  ${text}`)
    .join('\n');
}

function blocksIn(source: string): Map<string, Block> {
  const lines = source.split('\n');
  const blocks = new Map<string, Block>();
  lines.forEach((line, start) => {
    const [, kind, name] = /^\s*(model|enum)\s+(\w+)\s*\{/.exec(line) ?? [];
    if (kind === undefined || name === undefined) return;
    const end = lines.findIndex((each, index) => index > start && /^\s*\}/.test(each));
    const declarations = lines.slice(start + 1, end).flatMap((each, offset) => {
      const text = each.trim().replace(/\s+/g, ' ');
      if (text === '' || text.startsWith('//')) return [];
      const key = text.startsWith('@@') ? text : (text.split(' ', 1)[0] ?? text);
      return [{ key, text, index: start + 1 + offset }];
    });
    blocks.set(`${kind} ${name}`, { start, end, declarations });
  });
  return blocks;
}

function find({ declarations }: Block, key: string): Declaration | undefined {
  return declarations.find((declaration) => declaration.key === key);
}

function isEqual(one: Block, other: Block): boolean {
  const texts = [one, other].map(({ declarations }) =>
    declarations.map(({ text }) => text).join('\n'),
  );
  return texts[0] === texts[1];
}

function textOf({ start, end }: Block, source: string): string {
  return source
    .split('\n')
    .slice(start, end + 1)
    .join('\n');
}

function without(source: string, { start, end }: Block): string {
  const lines = source.split('\n');
  const rest = lines.toSpliced(start, end - start + 1).join('\n');
  return `${rest.replace(/\n{3,}/g, '\n\n').trimEnd()}\n`;
}
