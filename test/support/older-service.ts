import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execaSync } from 'execa';
import { renderService } from '../../generators/app/render-service.ts';
import { trailer } from '../../lib/git/trailers.ts';
import { packageRoot, version } from '../../lib/package-root.ts';
import { IDENTITY } from './identity.ts';
import { serviceAnswers } from './rendered.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { runCli } from './run-cli.ts';
import { writeFiles } from './write-files.ts';

/** The version that an older service says it was made by. */
export const OLD_VERSION = '0.3.1';

/** How the templates of the older version differed from those of this one. */
const OLD = {
  'README.md': (text: string) => text.replace('## Quick start', '## Quick beginning'),
  'src/config.ts': (text: string) => text.replace('MAX_PORT = 65_535', 'MAX_PORT = 65_000'),
  'package.json': (text: string) => text.replace(/"pg": "[\d.]+"/, '"pg": "8.0.0"'),
  '.yo-rc.json': (text: string) => text.replace(version, OLD_VERSION),
};
const GONE_SINCE = { 'docs/old.md': '# Old\n', 'src/domain/old.ts': 'export const old = 1;\n' };
const NEW_SINCE = ['docs/updating.md', 'src/api/bearer-token.ts'];

/** A service as an older version made it, in a repository with one commit. */
export class OlderService {
  readonly directory: string;

  /** @param existing a directory that holds one already */
  constructor(existing?: string) {
    this.directory = existing ?? join(temporaryFolder(), 'shop');
    if (existing === undefined) this.#make();
    // Prettier is all that an update needs of them.
    const packages = join(this.directory, 'node_modules');
    symlinkSync(join(packageRoot, 'node_modules'), packages, 'junction');
  }

  #make(): void {
    this.#write();
    this.git('init', '--quiet', '--initial-branch=main');
    writeFiles(this.directory, { '.git/info/exclude': 'node_modules\n' });
    this.git('add', '--all');
    const tree = this.git('write-tree');
    const trailers = [trailer.version(OLD_VERSION), trailer.tree(tree)];
    this.git('commit', '--quiet', '--message', ['Initial commit', '', ...trailers].join('\n'));
  }

  git(...args: string[]): string {
    const { stdout } = execaSync('git', args, { cwd: this.directory, env: IDENTITY });
    return stdout;
  }

  /** The same service in a linked worktree, on a branch of its name. */
  linkedWorktree(name: string): OlderService {
    const directory = join(this.directory, '..', name);
    this.git('worktree', 'add', '--quiet', directory);
    return new OlderService(directory);
  }

  /** A clone of its last commit only. */
  shallowClone(): OlderService {
    const directory = join(this.directory, '..', 'clone');
    this.git('clone', '--quiet', '--depth=1', pathToFileURL(this.directory).href, directory);
    writeFiles(directory, { '.git/info/exclude': 'node_modules\n' });
    return new OlderService(directory);
  }

  /** Writes files, removes those without a text, and commits that. */
  edit(files: Readonly<Record<string, string | undefined>>): void {
    for (const [path, text] of Object.entries(files)) {
      if (text === undefined) rmSync(join(this.directory, path));
      else writeFiles(this.directory, { [path]: text });
    }
    this.commit();
  }

  commit(): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', 'Edit');
  }

  /** Runs the update, without installing. */
  async update(...options: string[]) {
    const args = ['update', '--skip-install', ...options];
    return runCli(args, { cwd: this.directory, env: { ...IDENTITY, ...NO_REGISTRY } });
  }

  #write(): void {
    const rendered = renderService(serviceAnswers({ name: 'shop' }))
      .filter(({ path }) => !NEW_SINCE.includes(path))
      .map(({ path, contents }) => [path, contents.toString()] as const);
    const changed = rendered.map(([path, text]) => {
      const change = Object.entries(OLD).find(([each]) => each === path)?.[1];
      const old = change?.(text) ?? text;
      if (change && old === text) throw new Error(`${path} has not what the test changes`);
      return [path, old] as const;
    });
    writeFiles(this.directory, { ...Object.fromEntries(changed), ...GONE_SINCE });
  }
}

/** Where no version of this package can be had. */
const NO_REGISTRY = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' };
