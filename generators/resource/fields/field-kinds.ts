import type { FieldKind } from '../definition.ts';
import { date, datetime, time } from './date-kinds.ts';
import type { FieldKindRow } from './field-kind.ts';
import { bigint, decimal, float, int } from './number-kinds.ts';
import { boolean, enumeration, json, references, uuid } from './other-kinds.ts';
import { string, text } from './text-kinds.ts';

/** The table of field types: everything that depends on the type of a field starts here. */
export const fieldKinds: { readonly [Kind in FieldKind]: FieldKindRow<Kind> } = {
  string,
  text,
  int,
  bigint,
  float,
  decimal,
  boolean,
  date,
  time,
  datetime,
  uuid,
  json,
  enum: enumeration,
  references,
};

/** The kinds, as they are written. */
export const kindNames: readonly string[] = Object.keys(fieldKinds);

/** Whether a word is the name of a kind. */
export function isKind(word: string): word is FieldKind {
  return kindNames.includes(word);
}
