import fc from 'fast-check';
import { format } from 'prettier';
import { it } from 'vitest';
import { renderService } from '../../../generators/app/render-service.ts';
import { parseResource } from '../../../generators/resource/language/parse-resource.ts';
import { serviceAnswers } from '../../support/rendered.ts';

const RUNS = 30;

const types = fc.constantFrom(
  ...['string(1)', 'string(3..10)', 'text', 'int', 'int(-1..1)', 'int(7..7)', 'bigint', 'float'],
  ...['float(..0)', 'decimal(3)', 'decimal(4,4)', 'boolean', 'date', 'time', 'datetime', 'uuid'],
  ...['json', 'enum(a|B_1)', 'references(thing)', 'int(-9..2000)', 'float(0..1)'],
  ...['string(6) pattern=^\\w{2}\\d+$ example=AB1234', "text pattern=[`$'] example=$"],
);
const names = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(_[a-z0-9]{1,8}){0,2}$/);
const modifiers = fc.subarray([' []', ' ?', ' unique', ' index', ' sensitive']);
const fields = fc
  .tuple(names, types, modifiers)
  .map(([name, type, words]) => `${name}:${type}${words.join('')}`);

it('any valid definition renders source text that parses', async () => {
  const texts = fc.uniqueArray(fields, { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(texts, async (all) => {
      const parsed = parseResource({ name: 'thing' }, all);
      fc.pre('definition' in parsed);
      if (!('definition' in parsed)) return;
      const files = renderService(serviceAnswers({ example: false }), [parsed.definition]);
      for (const { path, contents } of files.filter(({ path }) => /thing.*\.ts$/.test(path))) {
        await format(contents.toString(), { filepath: path });
      }
    }),
    { numRuns: RUNS },
  );
});
