import type { Parsed } from '../../../lib/options/option.ts';
import type { FieldKind, FieldType } from '../definition.ts';

/** One row of the table of field types. Its text in the made service is `templates/field-types`. */
export interface FieldKindRow<Kind extends FieldKind> {
  /** How it is written, for messages. */
  readonly usage: string;
  /** Parses what is in its parentheses; undefined when there are none. */
  readonly parse: (args: string | undefined) => Parsed<FieldType<Kind>>;
  /** The JSON form of a default value; absent where there cannot be one. */
  readonly parseDefault?: (text: string, type: FieldType<Kind>) => Parsed<string>;
  /** How lists are filtered by it. */
  readonly filter: 'equal' | 'range' | 'none';
  /** Whether it can be the element of an array. */
  readonly element: boolean;
  /** How many different values the tests can make. */
  readonly count: (type: FieldType<Kind>) => number;
  /** Two valid values in JSON form for the tests, the lesser first; one if there are no two. */
  readonly examples: (type: FieldType<Kind>, name: string) => readonly [unknown, unknown?];
}
