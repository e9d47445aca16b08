import type { OptionTable, Parsed, Values } from '../../lib/options/option.ts';
import { parseSwitch, parseText, parseTexts, quote } from '../../lib/options/parse-values.ts';
import type { RunContext } from '../../lib/run/generator.ts';
import { serviceDirectory } from '../app/options.ts';

/** Parses a plural; it stands in sentences. */
function parsePlural(raw: unknown): Parsed<string> {
  const text = parseText(raw);
  if ('problem' in text || /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text.value)) return text;
  return { problem: `invalid noun ${quote(text.value)}: expected kebab-case, such as news.` };
}

/** The options of a resource. */
export const options = {
  name: {
    name: 'name',
    type: 'text',
    default: '',
    help: 'Name of the resource, a singular noun in kebab-case',
    positional: true,
    parse: parseText,
  },
  fields: {
    name: 'fields',
    type: 'texts',
    default: [],
    help: 'Its fields, such as title:string(200)',
    positional: 'rest',
    parse: parseTexts,
  },
  directory: serviceDirectory,
  add: {
    name: 'add',
    type: 'texts',
    valueHint: 'field',
    default: [],
    help: 'Add a field; may be repeated',
    parse: parseTexts,
  },
  drop: {
    name: 'drop',
    type: 'texts',
    valueHint: 'field',
    default: [],
    help: 'Remove a field with its data; may be repeated',
    parse: parseTexts,
  },
  rename: {
    name: 'rename',
    type: 'texts',
    valueHint: 'old=new',
    default: [],
    help: 'Rename a field and keep its data; may be repeated',
    parse: parseTexts,
  },
  plural: {
    name: 'plural',
    type: 'text',
    valueHint: 'noun',
    default: '',
    help: 'Plural of the name, for comments and descriptions, where the rules of English do not give it',
    parse: parsePlural,
  },
  from: {
    name: 'from',
    type: 'text',
    valueHint: 'file',
    default: '',
    help: 'Read several resources from a JSON or YAML file',
    parse: parseText,
  },
  remove: {
    name: 'remove',
    type: 'switch',
    default: false,
    help: 'Remove the resource; a migration drops its table',
    parse: parseSwitch,
  },
  force: {
    name: 'force',
    type: 'switch',
    default: false,
    help: 'With --remove: also remove files that were changed',
    parse: parseSwitch,
  },
} as const satisfies OptionTable;

export type ResourceContext = RunContext<typeof options>;
export type ResourceValues = Values<typeof options>;
