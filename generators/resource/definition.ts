/** A field that holds text. */
export interface TextField {
  kind: 'text';
  /** One lower-case word: the name in TypeScript, in JSON and in SQL. */
  name: string;
  /** A required text is never empty; any other may be left out or null. */
  required: boolean;
  /** In characters. */
  maxLength: number;
  /** Whether lists can be restricted to an exact value. */
  filter: boolean;
}

/** A field that is true or false. */
export interface BooleanField {
  kind: 'boolean';
  /** One lower-case word: the name in TypeScript, in JSON and in SQL. */
  name: string;
  default: boolean;
}

export type Field = TextField | BooleanField;

/** An entity of the service, from which all its files are made. */
export interface ResourceDefinition {
  /** The singular, in kebab-case. */
  name: string;
  /** When its table was first created: the start of the migration's name, yyyymmddhhmmss. */
  createdAt: string;
  fields: readonly Field[];
}
