import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import helpers from 'yeoman-test';
import { appDefinition } from '../../../generators/app/definition.ts';
import AppGenerator from '../../../generators/app/index.ts';
import { renderService } from '../../../generators/app/render-service.ts';
import { prepareRun } from '../../../lib/run/prepare.ts';
import { yeomanGenerator } from '../../../lib/run/yeoman-generator.ts';
import { rawAppOptions } from '../../support/app-options.ts';
import { serviceAnswers } from '../../support/rendered.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { withTerminal } from '../../support/terminal.ts';
import { writeFiles } from '../../support/write-files.ts';

const rendered = renderService(serviceAnswers());

/** Runs the generator in a temporary folder, without installing. */
function run(args: string[], options: Record<string, unknown>) {
  // yeoman-test gives --force of its own accord, which is not an option of ours.
  const given = { force: undefined, skipInstall: true, git: false, ...options };
  return helpers.run(AppGenerator).withArguments(args).withOptions(given);
}

describe('the Yeoman generator of a new service', () => {
  beforeEach(() => {
    vi.spyOn(console, 'log').mockReturnValue();
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('writes what renderService renders, and nothing else', async () => {
    await run(['my-service'], { yes: true });
    const written = readdirSync('my-service', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}`);
    expect(written.map((path) => path.replaceAll('\\', '/')).toSorted()).toEqual(
      rendered.map(({ path }) => `my-service/${path}`),
    );
    const different = rendered.filter(
      ({ path, contents }) => !readFileSync(`my-service/${path}`).equals(contents),
    );
    expect(different).toEqual([]);
  });

  it('renders the resources of the service that is there, and not the example', async () => {
    await run(['my-service'], { yes: true, onConflict: 'overwrite' }).doInDir(() => {
      writeFiles('my-service', {
        '.yo-rc.json': '{ "generator-clean-flask-ts": { "version": "0.3.0" } }',
        'resources/book.json': '{ "fields": { "title": "text" } }',
      });
    });
    expect(readdirSync('my-service/src/services')).toContain('book-service.ts');
    expect(readdirSync('my-service/resources')).toEqual(['book.json']);
    expect(readFileSync('my-service/src/resource-controllers.ts', 'utf8')).not.toContain('todo');
  });

  it('refuses a folder with files that differ, and writes nothing', async () => {
    const context = run(['my-service'], { yes: true }).doInDir(() => {
      writeFiles('.', {
        'my-service/README.md': 'mine',
        'my-service/package.json': 'mine too',
        'my-service/notes.txt': 'left alone',
      });
    });
    await expect(context).rejects.toMatchObject({
      code: 3,
      reason: expect.stringMatching(
        /my-service contains files that differ:\n {2}README.md\n {2}package.json$/,
      ),
    });
    expect(readdirSync('my-service')).toEqual(['README.md', 'notes.txt', 'package.json']);
    expect(readFileSync('my-service/README.md', 'utf8')).toBe('mine');
  });

  it('overwrites no file that appeared after the run was prepared', async () => {
    const directory = join(temporaryFolder(), 'my-service');
    const raw = rawAppOptions({ name: directory, yes: true, skipInstall: true, git: false });
    const prepared = await prepareRun(appDefinition, 'make', raw, () => Promise.resolve({}));
    writeFiles(directory, { 'README.md': 'mine' });

    await expect(helpers.run(yeomanGenerator(appDefinition, prepared))).rejects.toMatchObject({
      code: 3,
    });
    expect(readFileSync(join(directory, 'README.md'), 'utf8')).toBe('mine');
    expect(readdirSync(directory)).toEqual(['README.md']);
  });

  it('leaves identical files alone and adds the others', async () => {
    const [first] = rendered;
    const path = `my-service/${first?.path ?? ''}`;
    const longAgo = new Date('2020-01-01');
    await run(['my-service'], { yes: true }).doInDir(() => {
      writeFiles('.', { [path]: first?.contents ?? '' });
      utimesSync(path, longAgo, longAgo);
    });
    expect(statSync(path).mtime).toEqual(longAgo);
    expect(readFileSync('my-service/package.json', 'utf8')).toContain('"my-service"');
  });

  it('does not prompt without a terminal', async () => {
    await expect(run(['my-service'], {})).rejects.toMatchObject({
      code: 2,
      reason: expect.stringContaining(
        'Missing options: --description, --prefix, --port, --package-manager',
      ),
    });
    expect(readdirSync('.')).toEqual([]);
  });

  it('prompts in a terminal for what was not typed', async () => {
    withTerminal(true);
    await run([], { port: 8080, features: 'none' }).withAnswers({
      name: 'orders',
      description: 'Orders',
      prefix: 'shop',
      'package-manager': 'npm',
      example: false,
    });
    expect(readdirSync('.')).toEqual(['orders']);
    expect(JSON.parse(readFileSync('orders/package.json', 'utf8'))).toMatchObject({
      name: 'orders',
      description: 'Orders',
    });
  });

  it('refuses invalid options before it writes', async () => {
    await expect(run(['con', 'x'], { port: 'y', nope: true, yes: true })).rejects.toMatchObject({
      code: 2,
      reason: [
        '--nope: unknown option.',
        'name: provided more than once; expected once.',
        '--port: invalid port "y": expected an integer from 1 to 65535.',
      ].join('\n'),
    });
    expect(readdirSync('.')).toEqual([]);
  });

  it('refuses the default name when that is a file', async () => {
    const context = run([], { yes: true }).doInDir(() => {
      writeFiles('.', { 'my-service': 'mine' });
    });
    await expect(context).rejects.toMatchObject({
      code: 2,
      reason: expect.stringMatching(/Cannot write to .*my-service: .*my-service is a file$/),
    });
    expect(readFileSync('my-service', 'utf8')).toBe('mine');
  });
});
