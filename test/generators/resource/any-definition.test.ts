import fc from 'fast-check';
import { format } from 'prettier';
import { expect, it } from 'vitest';
import { renderService } from '../../../generators/app/render-service.ts';
import { resourceGenerator } from '../../../generators/resource/generator.ts';
import { prepareRun } from '../../../lib/run/prepare.ts';
import { validFields } from '../../support/arbitrary-fields.ts';
import { defineResource } from '../../support/define-resource.ts';
import { filesIn } from '../../support/files-in.ts';
import { renderedService } from '../../support/rendered-service.ts';
import { serviceAnswers } from '../../support/rendered.ts';

const RUNS = 30;

const valid = validFields('thing', ['thing']);

it('any valid definition renders source text that parses', async () => {
  await fc.assert(
    fc.asyncProperty(valid, async (texts) => {
      const resources = [defineResource('thing', texts)];
      const files = renderService(serviceAnswers({ example: false }), resources);
      for (const { path, contents } of files.filter(({ path }) => /thing.*\.ts$/.test(path))) {
        await format(contents.toString(), { filepath: path });
      }
    }),
    { numRuns: RUNS },
  );
});

const wrongFields = String.raw`
wrong
wrong:
wrong:strng
wrong:int nullable
wrong:int ? ?
wrong:string
wrong:string(0)
wrong:string(9..3)
wrong:text(9)
wrong:text pattern=( example=x
wrong:text pattern=a example=b
wrong:int(5..1)
wrong:int(1..5)=9
wrong:int=x
wrong:int=2147483648
wrong:int pattern=x
wrong:int onDelete=cascade
wrong:int[]=1
wrong:bigint=1.5
wrong:decimal
wrong:decimal(2,5)
wrong:boolean unique
wrong:date=2024-02-30
wrong:json index
wrong:json[]
wrong:enum
wrong:enum(a|a)
wrong:enum(a|b)=c
wrong:references
wrong:references(nothing)
wrong:references(thing)
unique(wrong)
unique(wrong,none)
unique:none.wrong
id:int
created_at:int
page:int
sort:int
xmin:int
and:int
to_string:int
Wrong:int
wrong__field:int
1:int
${'x'.repeat(64)}:int`
  .trim()
  .split('\n');

it('any list with an invalid field is refused without a file written', async () => {
  const directory = renderedService();
  const before = filesIn(directory);
  await fc.assert(
    fc.asyncProperty(
      valid,
      fc.constantFrom(...wrongFields),
      fc.nat(),
      async (texts, wrong, place) => {
        const fields = texts.toSpliced(place % (texts.length + 1), 0, wrong);
        const raw = new Map(Object.entries({ name: 'thing', fields, in: directory }));
        const run = prepareRun(resourceGenerator, 'resource', raw, () =>
          Promise.reject(new Error()),
        );
        await expect(run).rejects.toMatchObject({
          code: 2,
          message: expect.stringContaining(`${wrong} (column `),
        });
        expect(filesIn(directory)).toEqual(before);
      },
    ),
    { numRuns: RUNS },
  );
});
