import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { options } from '../../../generators/app/options.ts';
import { renderService } from '../../../generators/app/render-service.ts';
import {
  STORE,
  STORE_KEY,
  withAnswersFile,
  withStoredAnswers,
} from '../../../lib/options/answers-file.ts';
import type { RawOptions } from '../../../lib/options/raw-options.ts';
import { refuseProblems, resolveOptions } from '../../../lib/options/resolve.ts';
import { version } from '../../../lib/package-root.ts';
import { appOptions, rawAppOptions } from '../../support/app-options.ts';
import { serviceAnswers } from '../../support/rendered.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

/** Writes an answers file and gives its path. */
function answersFile(name: string, content: string): string {
  const folder = temporaryFolder();
  writeFiles(folder, { [name]: content });
  return join(folder, name);
}

/** What was typed with the file that it names, if both are valid. */
function accepted(received: Record<string, unknown>): RawOptions {
  const { raw, problems } = withAnswersFile(appOptions, rawAppOptions(received));
  refuseProblems(problems);
  return raw;
}

describe('withAnswersFile', () => {
  it.each([
    ['answers.json', '{"port": 8080, "features": ["kubernetes", "docker"], "example": false}'],
    ['answers.yml', 'port: 8080\nfeatures:\n  - kubernetes\n  - docker\nexample: false\n'],
    ['answers.yml', 'port: 8080\nfeatures: docker,kubernetes\nno-example: true\n'],
  ])('adds what is not typed from %s', (name, content) => {
    const raw = accepted({ answers: answersFile(name, content), prefix: '/typed' });

    expect(resolveOptions(appOptions, raw)).toMatchObject({
      prefix: '/typed',
      port: 8080,
      features: ['docker', 'kubernetes'],
      example: false,
    });
  });

  it('gives precedence to what is typed', () => {
    const answers = answersFile('answers.yml', 'port: 8080');

    expect([...accepted({ answers, port: '9090' })]).toEqual([['port', '9090']]);
  });

  it('reports all problems at once, with the file that they are in', () => {
    const answers = answersFile('answers.yml', 'prot: 8080\nexample: perhaps\n');
    const refused = () => accepted({ answers, nope: true });

    expect(refused).toThrow(/^--nope: unknown option\.$/m);
    expect(refused).toThrow(/answers\.yml: prot: unknown option. Did you mean port\?$/m);
    expect(refused).toThrow(/answers\.yml: example: unexpected value "perhaps"/m);
  });

  it('refuses options that exclude each other, wherever each is provided', () => {
    const answers = answersFile('answers.yml', 'dry-run: true\n');

    expect(() => accepted({ answers, resume: true })).toThrow(
      '--continue and --dry-run exclude each other',
    );
  });

  it.each([
    ['is missing', undefined],
    ['is a list', '- a\n- b\n'],
    ['is not YAML', '"'],
  ])('refuses a file that %s', (_, content) => {
    const answers =
      content === undefined ? '/does/not/exist.yml' : answersFile('answers.yml', content);

    expect(() => accepted({ answers })).toThrow(
      /(exist|answers)\.yml: (expected an object with the answers|cannot be read)/,
    );
  });
});

describe('withStoredAnswers', () => {
  /** A directory with a store. */
  function storing(content: unknown): string {
    const directory = join(temporaryFolder(), 'my-service');
    writeFiles(directory, { [STORE]: JSON.stringify(content) });
    return directory;
  }

  it('finds what a service was rendered with', () => {
    const answers = {
      ...{ prefix: '/shop', port: 8080, features: ['kubernetes'] as const, example: false },
      description: '"It\'s" \\ 🙂',
    };
    const store = renderService(serviceAnswers(answers)).find(({ path }) => path === STORE);
    const directory = storing(JSON.parse(store?.contents.toString() ?? ''));

    const raw = withStoredAnswers(options, directory, rawAppOptions({ name: 'shop' }));

    const { directory: name, ...stored } = resolveOptions(options, raw);
    expect(serviceAnswers({ ...stored, name })).toEqual(serviceAnswers({ ...answers, name }));
    expect(name).toBe('shop');
  });

  it('stores the version of the generator and all that decides the files, and nothing else', () => {
    const store = renderService(serviceAnswers()).find(({ path }) => path === STORE);
    const stored: Record<string, Record<string, unknown>> = JSON.parse(
      store?.contents.toString() ?? '',
    );
    const deciding = Object.values(options).filter((option) => option !== options.directory);

    expect(Object.keys(stored[STORE_KEY] ?? {})).toEqual([
      ...deciding.map(({ name }) => name),
      'version',
    ]);
    expect(stored[STORE_KEY]?.version).toBe(version);
  });

  it('gives precedence to what is provided, and ignores how a run goes', () => {
    const directory = storing({ [STORE_KEY]: { port: 8080, prefix: '/a', git: false } });

    const raw = withStoredAnswers(options, directory, rawAppOptions({ name: 'x', port: 9090 }));

    expect(Object.fromEntries(raw)).toEqual({ name: 'x', port: 9090, prefix: '/a' });
  });

  it('ignores the answers of another generator', () => {
    const directory = storing({ 'generator-other': { port: 1 } });

    expect([...withStoredAnswers(options, directory, new Map())]).toEqual([]);
  });

  it('refuses invalid answers', () => {
    const directory = storing({ [STORE_KEY]: { port: 'x' } });

    expect(() => withStoredAnswers(options, directory, new Map())).toThrow(
      /\.yo-rc\.json: port: invalid port "x"/,
    );
  });
});
