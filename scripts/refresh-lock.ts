import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { options } from '../generators/app/options.ts';
import { valuesOf } from '../lib/options/resolve.ts';
import { childEnvironment } from '../lib/process/child-environment.ts';
import { templatesFolder } from '../lib/package-root.ts';
import { renderFolder } from '../lib/files/render-folder.ts';
import { releasedBefore } from './release-age.ts';
import { serviceView } from '../generators/app/view.ts';

const TEMPLATE = join(templatesFolder, 'package-managers', 'npm', 'package-lock.json.ejs');
const NAME_TAG = '<%- JSON.stringify(name) %>';
/** They ask for Node.js 22 and work on 20, where npm would warn of them at each install. */
const WORK_ON_NODE_20 = ['@prisma/streams-local', 'content-disposition', 'cookie'];

const view = serviceView({
  ...valuesOf(options, new Map()),
  name: 'my-service',
  inWorkspace: false,
});
const folder = mkdtempSync(join(tmpdir(), 'refresh-lock-'));
try {
  writeFileSync(join(folder, 'package.json'), renderManifest());
  await execa(
    'npm',
    [
      'install',
      '--package-lock-only',
      '--ignore-scripts',
      '--omit-lockfile-registry-resolved',
      // Known to every npm, unlike min-release-age, which needs 11.10.
      `--before=${releasedBefore(new Date())}`,
    ],
    { cwd: folder, env: childEnvironment(process.env), extendEnv: false, stdio: 'inherit' },
  );
  writeFileSync(TEMPLATE, asTemplate(readFileSync(join(folder, 'package-lock.json'), 'utf8')));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function renderManifest(): Buffer {
  const files = renderFolder(join(templatesFolder, 'service'), view);
  const manifest = files.find(({ path }) => path === 'package.json');
  if (manifest === undefined) throw new Error('The templates make no package.json');
  return manifest.contents;
}

/** Puts a tag where npm wrote the name: at the top, and in the entry of the package itself. */
function asTemplate(lock: string): string {
  const line = `"name": ${JSON.stringify(view.name)},`;
  const parts = withoutWarnings(lock).split(line);
  if (parts.length !== 3)
    throw new Error(`The lock holds the name ${parts.length - 1} times, not 2`);
  return parts.join(`"name": ${NAME_TAG},`);
}

function withoutWarnings(lock: string): string {
  const names = WORK_ON_NODE_20.map((name) => `node_modules/${name}`);
  const dropEngines = (key: string, value: unknown): unknown =>
    names.includes(key) && typeof value === 'object' ? { ...value, engines: undefined } : value;
  return `${JSON.stringify(JSON.parse(lock, dropEngines), undefined, 2)}\n`;
}
