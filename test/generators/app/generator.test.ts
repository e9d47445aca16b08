import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import helpers from 'yeoman-test';
import { resolveAnswers } from '../../../lib/options/resolve.ts';
import { canonicalFlags } from '../../../lib/options/raw-options.ts';
import { AppGenerator } from '../../../generators/app/generator.ts';
import { renderService } from '../../../generators/app/render-service.ts';
import { writeFiles } from '../../support/write-files.ts';

const rendered = renderService(resolveAnswers(new Map()));

/** Runs the generator in a temporary folder, without installing. */
function run(args: string[], options: Record<string, unknown>) {
  // yeoman-test gives --force of its own accord, which is not an option of ours.
  const given = { force: undefined, skipInstall: true, git: false, ...options };
  return helpers.run(AppGenerator).withArguments(args).withOptions(given);
}

describe('AppGenerator', () => {
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
        /my-service holds files that differ:\n {2}README.md\n {2}package.json$/,
      ),
    });
    expect(readdirSync('my-service')).toEqual(['README.md', 'notes.txt', 'package.json']);
    expect(readFileSync('my-service/README.md', 'utf8')).toBe('mine');
  });

  it('overwrites no file that appeared after it was settled what happens to files', async () => {
    AppGenerator.gathered = canonicalFlags({ name: 'my-service', yes: true });
    onTestFinished(() => {
      AppGenerator.gathered = undefined;
    });
    const context = run([], {}).doInDir(() => {
      writeFiles('.', { 'my-service/README.md': 'mine' });
    });
    await expect(context).rejects.toMatchObject({ code: 3 });
    expect(readFileSync('my-service/README.md', 'utf8')).toBe('mine');
    expect(readdirSync('my-service')).toEqual(['README.md']);
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

  it('asks nobody when there is no terminal', async () => {
    await expect(run(['my-service'], {})).rejects.toMatchObject({
      code: 2,
      reason: expect.stringContaining(
        'not given: --description, --prefix, --port, --package-manager',
      ),
    });
    expect(readdirSync('.')).toEqual([]);
  });

  it('asks in a terminal what was not given', async () => {
    const { isTTY } = process.stdin;
    process.stdin.isTTY = true;
    onTestFinished(() => {
      process.stdin.isTTY = isTTY;
    });
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

  it('refuses flags before it writes', async () => {
    await expect(run(['con', 'x'], { port: 'y', nope: true, yes: true })).rejects.toMatchObject({
      code: 2,
      reason: [
        '--nope: there is no such option.',
        'name: was given more than once. Give it once.',
        '--port: "y" is no port. Give a whole number from 1 to 65535.',
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
      reason: expect.stringMatching(/my-service cannot be written to: .*my-service is a file$/),
    });
    expect(readFileSync('my-service', 'utf8')).toBe('mine');
  });
});
