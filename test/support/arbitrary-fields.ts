import fc from 'fast-check';
import { parseResource } from '../../generators/resource/language/parse-resource.ts';

const types = [
  ...['string(1)', 'string(3..10)', 'text', 'int', 'int(-1..1)', 'int(7..7)', 'bigint', 'float'],
  ...['float(..0)', 'decimal(3)', 'decimal(4,4)', 'boolean', 'date', 'time', 'datetime', 'uuid'],
  ...['json', 'enum(a|B_1)', 'int(-9..2000)', 'float(0..1)'],
  ...['string(6) pattern=^\\w{2}\\d+$ example=AB1234', "text pattern=[`$'] example=$"],
];
const defaults = ['', '', '', ' =1', ' =a', ' =true', ' =2024-02-29', ' =09:00:00'];
const onDeletes = ['', ' onDelete=cascade', ' onDelete=restrict', ' onDelete=set-null'];

const names = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(_[a-z0-9]{1,8}){0,2}$/);
const modifiers = fc.subarray([' []', ' ?', ' unique', ' index', ' sensitive']);

/** Fields of a resource that are mostly valid, with references to some resources. */
function fieldsWith(targets: readonly string[]): fc.Arbitrary<string> {
  const references = fc
    .tuple(fc.constantFrom(...targets), fc.constantFrom(...onDeletes))
    .map(([target, onDelete]) => `references(${target})${onDelete}`);
  const type = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...types) },
    { weight: 1, arbitrary: references },
  );
  return fc
    .tuple(names, type, modifiers, fc.constantFrom(...defaults))
    .map(([name, kind, words, value]) => `${name}:${kind}${words.join('')}${value}`);
}

/** Lists of fields that are valid together. */
export function validFields(name: string, targets: readonly string[]): fc.Arbitrary<string[]> {
  const texts = fc.array(fieldsWith(targets), { minLength: 3, maxLength: 12 });
  return texts
    .map((all) => all.reduce<string[]>((kept, text) => withIfValid(name, kept, text), []))
    .filter((kept) => kept.length > 0)
    .map((kept) => {
      const [first = '', second = ''] = kept.map((text) => text.replace(/:.*/, ''));
      return withIfValid(name, kept, `unique(${first},${second})`);
    });
}

function withIfValid(name: string, kept: string[], text: string): string[] {
  return 'definition' in parseResource({ name }, [...kept, text]) ? [...kept, text] : kept;
}
