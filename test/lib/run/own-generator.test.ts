import { mkdirSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import helpers from 'yeoman-test';
import { helpText } from '../../../lib/options/help.ts';
import type { OptionTable } from '../../../lib/options/option.ts';
import { parsePort, parseText } from '../../../lib/options/parse-values.ts';
import type { GeneratorDefinition } from '../../../lib/run/generator.ts';
import { yeomanGenerator } from '../../../lib/run/yeoman-generator.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { withTerminal } from '../../support/terminal.ts';
import { writeFiles } from '../../support/write-files.ts';

const options = {
  entity: {
    name: 'entity',
    type: 'text',
    default: 'thing',
    help: 'Name of the entity',
    question: 'Entity',
    positional: true,
    parse: parseText,
  },
  size: {
    name: 'size',
    type: 'number',
    default: 3,
    help: 'Size of the entity',
    question: 'Size',
    parse: parsePort,
  },
  directory: {
    name: 'in',
    type: 'text',
    valueHint: 'directory',
    default: '.',
    help: 'Target directory',
    parse: parseText,
  },
} as const satisfies OptionTable;

/** A generator that the core has never heard of. */
const definition: GeneratorDefinition<typeof options> = {
  name: 'entity',
  summary: 'Adds an entity.',
  options,
  target: options.directory,
  storesAnswers: false,
  render: ({ values }) => [
    {
      path: `src/${values.entity}.ts`,
      contents: Buffer.from(`export const size = ${values.size};\n`),
    },
  ],
  stages: (_, { paths, onDatabase }) => {
    const check = () => {
      onDatabase('nothing');
      return Promise.resolve(`checked ${paths.join(', ')}`);
    };
    return Promise.resolve([[{ name: 'check', title: 'Checking', run: check }]]);
  },
  next: ({ values }) => [{ command: `use ${values.entity}`, comment: 'it works' }],
};

function run(args: string[], received: Record<string, unknown>) {
  // yeoman-test adds --force and --skip-install of its own accord.
  const typed = { force: undefined, skipInstall: false, ...received };
  return helpers.run(yeomanGenerator(definition)).withArguments(args).withOptions(typed);
}

describe('a generator with a table of its own', () => {
  const printed: string[] = [];

  beforeEach(() => {
    printed.length = 0;
    vi.spyOn(console, 'log').mockImplementation((text: string) => printed.push(text));
    vi.spyOn(console, 'error').mockReturnValue();
    return () => {
      vi.restoreAllMocks();
    };
  });

  it('is run from the options to the JSON report', async () => {
    await run(['book'], { size: '9', in: 'shop', json: true, yes: true }).doInDir(() => {
      mkdirSync('shop');
    });

    expect(readFileSync('shop/src/book.ts', 'utf8')).toBe('export const size = 9;\n');
    expect(JSON.parse(printed.join('\n'))).toMatchObject({
      status: 0,
      folder: expect.stringMatching(/shop$/),
      files: { created: ['src/book.ts'], changed: [], left: [] },
      steps: [
        { name: 'write', result: '1 files written' },
        { name: 'check', result: 'checked src/book.ts' },
      ],
      database: 'nothing',
      next: ['use book'],
      again: 'yo clean-flask-ts:entity book --size 9 --in shop --json --yes',
    });
  });

  it('prompts for what is not typed or in the answers file', async () => {
    withTerminal(true);
    await run([], { answers: 'answers.yml' })
      .withAnswers({ entity: 'book' })
      .doInDir(() => {
        writeFiles('.', { 'answers.yml': 'size: 5\n' });
      });

    expect(readFileSync('src/book.ts', 'utf8')).toBe('export const size = 5;\n');
    expect(printed.at(-1)).toMatch(/Next steps:\n {2}use book {4}# it works\n/);
  });

  it('refuses invalid options and differing files, and lists its plan', async () => {
    await expect(run(['book'], { size: 'x', sise: 1, yes: true })).rejects.toMatchObject({
      code: 2,
      reason:
        '--sise: unknown option. Did you mean --size?\n--size: invalid port "x": expected an integer from 1 to 65535.',
    });
    const mine = () => {
      writeFiles('.', { 'src/book.ts': 'mine\n' });
    };
    await expect(run(['book'], { yes: true }).doInDir(mine)).rejects.toMatchObject({ code: 3 });
    await run(['book'], { yes: true, dryRun: true }).doInDir(mine);
    expect(printed.at(-1)).toMatch(
      /^changed {2}src\/book\.ts\n[^]*-mine\n\+export const size = 3;/,
    );
  });

  it('continues a run that failed', async () => {
    const failing = vi.spyOn(definition, 'stages');
    const fail = () => Promise.reject(new Error('The check failed'));
    failing.mockResolvedValueOnce([[{ name: 'check', title: 'Checking', run: fail }]]);
    const typed = { in: temporaryFolder(), yes: true };
    await expect(run(['book'], typed)).rejects.toThrow('The check failed');
    expect(failing).toHaveBeenCalledTimes(1);

    await run(['book'], { ...typed, resume: true });
    expect(failing).toHaveBeenCalledTimes(2);
    expect(printed.at(-1)).toContain(
      `Repeat with: yo clean-flask-ts:entity book --in ${typed.in} --yes`,
    );
  });

  it('has a help', () => {
    const help = helpText('yo clean-flask-ts:entity', definition);

    expect(help).toMatch(
      /^Usage: yo clean-flask-ts:entity \[entity\] \[options\]\n\nAdds an entity/,
    );
    expect(help).toContain('  --in <directory>        Target directory (default: .)');
    expect(help).toContain('  --continue ');
  });
});
