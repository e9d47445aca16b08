import type { Bounds } from './fields/bounds.ts';
import type { Pattern } from './fields/pattern.ts';

/** What each kind of field takes in parentheses. Each is one row of `fields/field-kinds.ts`. */
export interface KindArguments {
  string: Lengths & Matching;
  text: Matching;
  int: Bounds;
  bigint: object;
  float: Bounds;
  decimal: Digits;
  boolean: object;
  date: object;
  time: object;
  datetime: object;
  uuid: object;
  json: object;
  enum: Values;
  references: Reference;
}

export type FieldKind = keyof KindArguments;

/** The type of a field, of any kind or of one. */
export type FieldType<Kind extends FieldKind = FieldKind> = {
  [Each in Kind]: { readonly kind: Each } & Readonly<KindArguments[Each]>;
}[Kind];

/** In characters. */
interface Lengths {
  /** Without it, a required string is still not empty. */
  readonly min?: number;
  readonly max: number;
}

interface Matching {
  readonly match?: Pattern;
}

interface Digits {
  /** In all. */
  readonly precision: number;
  /** After the point. */
  readonly scale: number;
}

interface Values {
  readonly values: readonly string[];
}

interface Reference {
  /** The name of the resource it refers to. */
  readonly resource: string;
  readonly onDelete: OnDelete;
}

export type OnDelete = 'restrict' | 'cascade' | 'set-null';

/** One field of a resource. */
export interface Field {
  /** In snake_case, as in JSON and in SQL. */
  readonly name: string;
  readonly type: FieldType;
  /** Whether it holds a list of such values. */
  readonly array: boolean;
  /** Whether it may be null. */
  readonly optional: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  /** Whether it appears in no response and in no log. */
  readonly sensitive: boolean;
  /** As text, in its JSON form. */
  readonly default?: string;
}

/** An entity of the service, from which all its files are rendered. */
export interface ResourceDefinition {
  /** The singular, in kebab-case. */
  readonly name: string;
  /** In kebab-case, where the plural is not what the rules of English make of the name. */
  readonly plural?: string;
  readonly fields: readonly Field[];
  /** Each field as it was typed, without its name. */
  readonly texts: readonly string[];
  /** Fields whose values are unique together. */
  readonly unique: readonly (readonly string[])[];
  /**
   * The fields that lists are filtered by, each by the first value of its parameter. Without it
   * lists are filtered by every scalar, by any of the values.
   */
  readonly filters?: readonly string[];
}
