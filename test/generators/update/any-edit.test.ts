import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { format } from 'prettier';
import { expect, it } from 'vitest';
import { OlderService } from '../../support/older-service.ts';

/** Bounded, because each run merges a whole service. */
const RUNS = 8;
const EDITED = [
  'README.md',
  'src/config.ts',
  'src/server.ts',
  'docs/decisions.md',
  'src/routes.ts',
];
const REMOVED = ['docs/features.md', 'src/api/responses.ts', 'Dockerfile', 'compose.yaml'];
const FOLDERS = ['src/api', 'src/management', 'docs', 'tests/unit/domain'];

/** A line of the user's in a file, at a share of its length. */
const insertion = fc.record({
  path: fc.constantFrom(...EDITED),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  id: fc.uuid(),
});
const edits = fc.record({
  insertions: fc.array(insertion, { minLength: 1, maxLength: 4 }),
  removed: fc.subarray(REMOVED),
  moved: fc.subarray(FOLDERS),
  tabWidth: fc.constantFrom(2, 4),
});

/** Makes the edits, and commits them. Returns the lines of the user's. */
async function edit(
  service: OlderService,
  { insertions, removed, moved, tabWidth }: typeof edits extends fc.Arbitrary<infer T> ? T : never,
): Promise<string[]> {
  const inService = (path: string) => join(service.directory, path);
  const lines = insertions.map(({ path, at, id }) => {
    const all = readFileSync(inService(path), 'utf8').split('\n');
    const line = path.endsWith('.ts') ? `// ${id}` : id;
    writeFileSync(inService(path), all.toSpliced(Math.floor(at * all.length), 0, line).join('\n'));
    return id;
  });
  const manifest = JSON.parse(readFileSync(inService('package.json'), 'utf8')) as object;
  const settings = { tabWidth, singleQuote: tabWidth === 2, printWidth: 100 };
  const text = JSON.stringify({ ...manifest, prettier: settings }, undefined, tabWidth);
  writeFileSync(inService('package.json'), `${text}\n`);
  for (const path of ['src/config.ts', 'src/server.ts']) {
    const source = readFileSync(inService(path), 'utf8');
    writeFileSync(inService(path), await format(source, { ...settings, filepath: path }));
  }
  for (const path of removed) rmSync(inService(path));
  for (const path of moved) renameSync(inService(path), `${inService(path)}-moved`);
  service.commit();
  return lines;
}

function allText(directory: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.git'))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('\n');
}

it('keeps every line of the user, and is done after one run', async () => {
  await fc.assert(
    fc.asyncProperty(edits, async (made) => {
      const service = new OlderService();
      const lines = await edit(service, made);
      const { exitCode, stderr } = await service.update('--on-conflict', 'keep-markers');
      expect([0, 6], stderr).toContain(exitCode);
      const text = allText(service.directory);
      expect(lines.filter((line) => !text.includes(line))).toEqual([]);
      if (exitCode === 6) return;
      expect(await service.update()).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/^Up to date/) as string,
      });
    }),
    { numRuns: RUNS },
  );
});
