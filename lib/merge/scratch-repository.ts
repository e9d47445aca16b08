import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { exitStatus } from '../errors/exit-status.ts';
import { GeneratorError } from '../errors/generator-error.ts';
import type { RenderedFile } from '../files/render-folder.ts';
import { RUN_DIRECTORY } from '../files/run-directory.ts';
import { childEnvironment } from '../process/child-environment.ts';

const OLDEST_GIT = [2, 38] as const;
const IDENTITY = 'clean-flask-ts <clean-flask-ts@localhost>';
const MAX_OUTPUT = 256 * 1024 * 1024;

/**
 * A repository of its own in a temporary folder, in which trees are merged. No setting, attribute or
 * hook of the user's has an effect on it, and nothing outside its folder changes.
 */
export class ScratchRepository {
  readonly #folder = mkdtempSync(join(tmpdir(), 'clean-flask-ts-merge-'));

  private constructor() {}

  /**
   * Runs some work in a new repository, which is removed afterwards.
   *
   * @throws {GeneratorError} when there is no git that can merge trees
   */
  static async use<T>(work: (repository: ScratchRepository) => Promise<T>): Promise<T> {
    const repository = new ScratchRepository();
    try {
      await repository.#init();
      return await work(repository);
    } finally {
      rmSync(repository.#folder, { recursive: true, force: true });
    }
  }

  /** Stores files as a commit under a name, with a parent if one is given. */
  async commitFiles(
    name: string,
    files: readonly RenderedFile[],
    parent?: string,
  ): Promise<string> {
    const branch = `refs/heads/${name}`;
    const chunks = files.flatMap(({ path, contents }) => [
      Buffer.from(`M 100644 inline ${JSON.stringify(path)}\ndata ${contents.length}\n`),
      contents,
      Buffer.from('\n'),
    ]);
    const head = [
      `commit ${branch}`,
      `committer ${IDENTITY} 0 +0000`,
      'data 0',
      ...(parent === undefined ? [] : [`from ${parent}`, 'deleteall']),
      '',
    ];
    await this.git(
      ['fast-import', '--quiet'],
      Buffer.concat([Buffer.from(head.join('\n')), ...chunks]),
    );
    return this.text(['rev-parse', branch]);
  }

  /** Stores what a directory holds, but for ignored files, as a commit under a name, with a parent. */
  async commitDirectory(name: string, directory: string, parent: string): Promise<string> {
    const inDirectory = ['--work-tree', directory];
    await this.git([...inDirectory, 'add', '--all'], '', directory);
    const tree = await this.text(['write-tree']);
    const commit = await this.text(['commit-tree', tree, '-p', parent, '-m', name]);
    await this.git(['update-ref', `refs/heads/${name}`, commit]);
    return commit;
  }

  /** What git prints, without the end of the line. */
  async text(args: readonly string[]): Promise<string> {
    return (await this.git(args)).toString().trimEnd();
  }

  /** The contents of a file in a commit or a tree. */
  async contents(tree: string, path: string): Promise<Buffer> {
    return this.git(['cat-file', 'blob', `${tree}:${path}`]);
  }

  /**
   * Runs git on this repository.
   *
   * @param ok the exit statuses that are no failure
   */
  async git(
    args: readonly string[],
    input: string | Uint8Array = '',
    cwd = this.#folder,
    ok: readonly number[] = [0],
  ): Promise<Buffer> {
    const result = await execa('git', ['--git-dir', join(this.#folder, 'git'), ...args], {
      cwd,
      env: this.#environment(),
      extendEnv: false,
      input,
      encoding: 'buffer',
      stripFinalNewline: false,
      maxBuffer: MAX_OUTPUT,
      reject: false,
    });
    if (result.exitCode !== undefined && ok.includes(result.exitCode)) {
      return Buffer.from(result.stdout);
    }
    const problem = Buffer.from(result.stderr).toString().trim();
    throw new Error(`git ${args[0] ?? ''} failed: ${problem || result.shortMessage}`);
  }

  async #init(): Promise<void> {
    await this.#requireGit();
    await this.git(['init', '--quiet', '--bare', '--template=', join(this.#folder, 'git')]);
    mkdirSync(join(this.#folder, 'git', 'info'), { recursive: true });
    const excluded = ['node_modules/', `${RUN_DIRECTORY}/`];
    writeFileSync(join(this.#folder, 'git', 'info', 'exclude'), excluded.join('\n'));
  }

  async #requireGit(): Promise<void> {
    const { stdout } = await execa('git', ['--version'], { reject: false });
    const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(stdout)?.map(Number) ?? [];
    const [needsMajor, needsMinor] = OLDEST_GIT;
    if (major > needsMajor || (major === needsMajor && minor >= needsMinor)) return;
    throw new GeneratorError(exitStatus.usage, {
      reason: `git ${OLDEST_GIT.join('.')} or newer is needed to merge files; found ${stdout || 'none'}.`,
      hint: 'Nothing was written. Install git, then repeat the command.',
    });
  }

  #environment(): NodeJS.ProcessEnv {
    const settings = join(this.#folder, 'gitconfig');
    writeFileSync(settings, '[core]\n\tautocrlf = false\n\tsafecrlf = false\n\tfileMode = false\n');
    return {
      ...childEnvironment(process.env),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: settings,
      GIT_ATTR_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'clean-flask-ts',
      GIT_AUTHOR_EMAIL: 'clean-flask-ts@localhost',
      GIT_COMMITTER_NAME: 'clean-flask-ts',
      GIT_COMMITTER_EMAIL: 'clean-flask-ts@localhost',
      GIT_TERMINAL_PROMPT: '0',
      LC_ALL: 'C',
    };
  }
}
