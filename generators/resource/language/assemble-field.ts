import type { Parsed } from '../../../lib/options/option.ts';
import type { Field, FieldKind, FieldType } from '../definition.ts';
import { fieldKinds } from '../fields/field-kinds.ts';
import { hasManyValues, MANY_VALUES } from '../fields/fresh-value.ts';
import { onDeletes } from '../fields/other-kinds.ts';
import { parsePattern } from '../fields/pattern.ts';
import type { Modifier, Modifiers } from './modifiers.ts';
import { type Complain, unknownWord } from './problem.ts';

/** Puts a field together and complains about modifiers that do not fit its type. */
export function assembleField(
  name: string,
  plainType: FieldType,
  modifiers: Modifiers,
  complain: Complain,
): Field {
  const complainAt = (modifier: Modifier, message: string | undefined) => {
    const { position } = modifiers.get(modifier) ?? {};
    if (position !== undefined && message !== undefined) complain(position, message);
  };
  const pattern = checkPattern(plainType, modifiers);
  if ('problem' in pattern) complainAt('pattern', pattern.problem);
  const type = 'value' in pattern ? pattern.value : plainType;
  for (const [modifier, message] of misfits(type, modifiers)) complainAt(modifier, message);
  const defaultText = modifiers.get('default')?.value.trim();
  const defaultValue = defaultText === undefined ? undefined : checkDefault(type, defaultText);
  if (defaultValue && 'problem' in defaultValue) complainAt('default', defaultValue.problem);
  return {
    name,
    type: withOnDelete(type, modifiers.get('onDelete')?.value),
    array: modifiers.has('array'),
    optional: modifiers.has('optional'),
    unique: modifiers.has('unique'),
    index: modifiers.has('index'),
    sensitive: modifiers.has('sensitive'),
    ...(defaultValue && 'value' in defaultValue && { default: defaultValue.value }),
  };
}

/** The type with its pattern, if it has one. */
function checkPattern(type: FieldType, modifiers: Modifiers): Parsed<FieldType> {
  const pattern = modifiers.get('pattern')?.value;
  if (pattern === undefined) return { value: type };
  if (type.kind !== 'string' && type.kind !== 'text') {
    return { problem: 'only "string" and "text" have a pattern' };
  }
  const match = parsePattern(pattern, modifiers.get('example')?.value ?? '');
  if ('problem' in match) return match;
  const example = parseDefault(type, match.value.example);
  return 'problem' in example
    ? { problem: `invalid example "${match.value.example}": ${example.problem}` }
    : { value: { ...type, match: match.value } };
}

function checkDefault(type: FieldType, text: string): Parsed<string> {
  const parsed = parseDefault(type, text);
  return 'problem' in parsed ? { problem: `invalid default "${text}": ${parsed.problem}` } : parsed;
}

function parseDefault<Kind extends FieldKind>(type: FieldType<Kind>, text: string): Parsed<string> {
  const { parseDefault: parse } = fieldKinds[type.kind];
  return parse === undefined ? { problem: `"${type.kind}" takes no default` } : parse(text, type);
}

function withOnDelete(type: FieldType, word: string | undefined): FieldType {
  const onDelete = onDeletes.find((each) => each === word);
  return type.kind === 'references' && onDelete !== undefined ? { ...type, onDelete } : type;
}

function* misfits(
  type: FieldType,
  modifiers: Modifiers,
): Generator<readonly [Modifier, string | undefined]> {
  const isArray = modifiers.has('array');
  const { kind } = type;
  if (!fieldKinds[kind].element) yield ['array', `there are no arrays of "${kind}"`];
  if (isArray) {
    yield ['unique', 'an array cannot be unique'];
    yield ['index', 'an array cannot have an index'];
    yield ['default', 'an array takes no default: when it is omitted it is empty'];
  }
  if (kind === 'json') {
    yield ['unique', '"json" cannot be unique'];
    yield ['index', '"json" cannot have an index'];
  }
  if (!hasManyValues(type)) yield ['unique', `too few values: the tests need ${MANY_VALUES}`];
  if (!modifiers.has('pattern')) yield ['example', 'an example needs a pattern'];
  if (modifiers.has('unique')) yield ['default', 'a unique field cannot have a default'];
  yield ['onDelete', onDeleteMisfit(type, modifiers)];
}

function onDeleteMisfit(type: FieldType, modifiers: Modifiers): string | undefined {
  const word = modifiers.get('onDelete')?.value ?? '';
  if (type.kind !== 'references') return 'only "references" has "onDelete"';
  if (!onDeletes.some((each) => each === word)) return unknownWord('value', word, onDeletes);
  return word === 'set-null' && !modifiers.has('optional')
    ? '"set-null" needs an optional reference: add "?"'
    : undefined;
}
