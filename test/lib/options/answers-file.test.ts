import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  STORE,
  STORE_KEY,
  readAnswersFile,
  withStoredAnswers,
} from '../../../lib/options/answers-file.ts';
import { refuse, resolveAnswers } from '../../../lib/options/resolve.ts';
import { canonicalFlags, type Flags } from '../../../lib/options/raw-options.ts';
import { allOptions } from '../../../generators/app/options.ts';
import { renderService } from '../../../generators/app/render-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

/** Writes a file of answers and gives its path. */
function answersFile(name: string, content: string): string {
  const folder = temporaryFolder();
  writeFiles(folder, { [name]: content });
  return join(folder, name);
}

/** What is accepted of what was typed and of the file that it names. */
function accepted(typed: Flags): Flags {
  const { flags, problems } = readAnswersFile(typed);
  refuse(problems);
  return flags;
}

describe('readAnswersFile', () => {
  it.each([
    ['answers.json', '{"port": 8080, "features": ["kubernetes", "docker"], "example": false}'],
    ['answers.yml', 'port: 8080\nfeatures:\n  - kubernetes\n  - docker\nexample: false\n'],
    ['answers.yml', 'port: 8080\nfeatures: docker,kubernetes\nno-example: true\n'],
  ])('takes what is not typed from %s', (name, content) => {
    const flags = accepted(
      new Map<string, unknown>([
        ['answers', answersFile(name, content)],
        ['prefix', '/typed'],
      ]),
    );

    expect(resolveAnswers(flags)).toMatchObject({
      prefix: '/typed',
      port: 8080,
      features: ['docker', 'kubernetes'],
      example: false,
    });
  });

  it('lets what is typed win', () => {
    const answers = answersFile('answers.yml', 'port: 8080');
    const flags = accepted(canonicalFlags({ answers, port: '9090' }));

    expect([...flags]).toEqual([['port', '9090']]);
  });

  it('tells all problems at once, with the file that they stand in', () => {
    const answers = answersFile('answers.yml', 'prot: 8080\nexample: perhaps\n');
    const refused = () => accepted(canonicalFlags({ answers, nope: true }));

    expect(refused).toThrow(/^--nope: there is no such option\.$/m);
    expect(refused).toThrow(/answers\.yml: prot: there is no such option. Did you mean port\?$/m);
    expect(refused).toThrow(/answers\.yml: example: takes no value, but was given "perhaps"/m);
  });

  it('refuses what is impossible together, wherever each part stands', () => {
    const answers = answersFile('answers.yml', 'dry-run: true\n');

    expect(() => accepted(canonicalFlags({ answers, resume: true }))).toThrow(
      '--resume and --dry-run: resuming writes nothing that could be listed.',
    );
  });

  it.each([
    ['is missing', undefined],
    ['is a list', '- a\n- b\n'],
    ['is no YAML', '"'],
  ])('refuses a file that %s', (_, content) => {
    const answers =
      content === undefined ? '/does/not/exist.yml' : answersFile('answers.yml', content);

    expect(() => accepted(canonicalFlags({ answers }))).toThrow(
      /(exist|answers)\.yml: (holds no answers|cannot be read)/,
    );
  });
});

describe('withStoredAnswers', () => {
  const answers = { prefix: '/shop', port: 8080, features: 'kubernetes', example: false } as const;

  it('finds again what a service was made with', () => {
    const made = resolveAnswers(canonicalFlags({ ...answers, description: '"It\'s" \\ 🙂' }));
    const store = renderService(made).find(({ path }) => path === STORE);
    const name = join(temporaryFolder(), 'my-service');
    writeFiles(name, { [STORE]: store?.contents ?? '' });

    const { target, ...again } = resolveAnswers(withStoredAnswers(canonicalFlags({ name })));

    expect({ ...again, target: made.target }).toEqual(made);
    expect(target).toBe(name);
  });

  it('stores what decides the files, and nothing else', () => {
    const store = renderService(resolveAnswers(new Map())).find(({ path }) => path === STORE);
    const stored: Record<string, object> = JSON.parse(store?.contents.toString() ?? '');
    const deciding = allOptions.filter(
      ({ group, positional }) => group === 'service' && !positional,
    );

    expect(Object.keys(stored[STORE_KEY] ?? {})).toEqual(deciding.map(({ name }) => name));
  });

  it('lets what is given win, and leaves alone how the run goes', () => {
    const name = join(temporaryFolder(), 'my-service');
    const content = JSON.stringify({ [STORE_KEY]: { port: 8080, prefix: '/a', git: false } });
    writeFiles(name, { [STORE]: content });

    const flags = withStoredAnswers(canonicalFlags({ name, port: 9090 }));

    expect(Object.fromEntries(flags)).toEqual({ name, port: 9090, prefix: '/a' });
  });

  it('takes nothing from the store of another generator', () => {
    const name = join(temporaryFolder(), 'my-service');
    writeFiles(name, { [STORE]: '{"generator-other": {"port": 1}}' });

    expect([...withStoredAnswers(canonicalFlags({ name }))]).toEqual([['name', name]]);
  });

  it('refuses a store that cannot be used', () => {
    const name = join(temporaryFolder(), 'my-service');
    writeFiles(name, { [STORE]: JSON.stringify({ [STORE_KEY]: { port: 'x' } }) });

    expect(() => withStoredAnswers(canonicalFlags({ name }))).toThrow(
      /\.yo-rc\.json: port: "x" is no port/,
    );
  });
});
