import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { minimatch } from 'minimatch';
import { exitStatus } from '../../lib/errors/exit-status.ts';
import { GeneratorError } from '../../lib/errors/generator-error.ts';
import type { RenderedFile } from '../../lib/files/render-folder.ts';
import { requireCleanFolder } from '../../lib/git/clean-folder.ts';
import { filesInTree } from '../../lib/git/tree-files.ts';
import {
  type Conflict,
  mergeFiles,
  type Merged,
  type MergeText,
} from '../../lib/merge/merge-files.ts';
import { mergeJson } from '../../lib/merge/merge-json.ts';
import { userFormat } from '../../lib/merge/user-format.ts';
import { keptPaths, STORE, storedVersion } from '../../lib/options/answers-file.ts';
import { packageManagers } from '../../lib/package-manager/package-managers.ts';
import { version } from '../../lib/package-root.ts';
import { printNotice } from '../../lib/process/output.ts';
import { answersFrom } from '../app/made-service.ts';
import { firstResources, renderService } from '../app/render-service.ts';
import type { ServiceAnswers } from '../app/view.ts';
import type { ResourceDefinition } from '../resource/definition.ts';
import { isDefinition, storedResources } from '../resource/definition-file.ts';
import { mergeTextOfResources } from '../resource/merge-texts.ts';
import { storesDefinitions } from '../resource/service-version.ts';
import { baseOf } from './base.ts';
import { changedAnswers } from './changed-answers.ts';
import { withLaterMigrations } from './later-migrations.ts';
import type { UpdateContext } from './options.ts';

const EXAMPLE_SCHEMA = 'prisma/schema/todo.prisma';
const TOOLS = 'tools/';
const LOCKS = Object.values(packageManagers).map(({ lock }) => lock);

/**
 * Merges what this version renders into a service: the difference to what it was rendered as.
 *
 * @throws {GeneratorError} when the service has changes that are not committed, or cannot be updated
 */
export async function mergeUpdate({ values, target }: UpdateContext): Promise<Merged> {
  const { directory } = target;
  await requireCleanFolder(directory);
  const ours = (await filesInTree(directory, 'HEAD:./')).map(withLf);
  const made = storedVersion(directory) ?? version;
  const answers = answersFrom(target, changedAnswers(directory, []));
  const wanted = answersFrom(target, changedAnswers(directory, values.set));
  const definitions = resourcesOf(directory, made, answers, ours);
  const base = await baseOf(directory, made, answers, definitions, ours);
  printNotice(`Base of the merge: ${base.origin}.`);
  const theirs = renderService({ ...wanted, name: base.name }, definitions);
  const [old, next] = withLaterMigrations(base, theirs, ours);
  const isKept = matcher(keptPaths(directory));
  const format = await formatOf(directory);
  const merged = await mergeFiles(directory, old.filter(isKept), next.filter(isKept), {
    format,
    mergeTextOf: (path) => mergeTextOf(path, format),
    ours,
  });
  const settled = settle(merged, directory);
  refuseUntracked(settled, ours, directory);
  return { ...settled, leavesConflicts: values.onConflict === 'keep-markers' };
}

/** A file with the line ends of templates, unless it is binary; those of the user are written again. */
function withLf(file: RenderedFile): RenderedFile {
  const { path, contents } = file;
  if (contents.includes(0) || !contents.includes('\r\n')) return file;
  return { path, contents: Buffer.from(contents.toString().replaceAll('\r\n', '\n')) };
}

/** The resources of a service; earlier versions did not store the example. */
function resourcesOf(
  directory: string,
  made: string,
  answers: ServiceAnswers,
  ours: readonly RenderedFile[],
): readonly ResourceDefinition[] {
  if (storesDefinitions(made)) return storedResources(directory);
  const hasExample = ours.some(({ path }) => path === EXAMPLE_SCHEMA);
  return hasExample ? firstResources(answers) : [];
}

function matcher(patterns: readonly string[]) {
  return ({ path }: RenderedFile) =>
    !patterns.some((pattern) => minimatch(path, pattern, { dot: true }));
}

type Format = (file: RenderedFile) => Promise<RenderedFile>;

/** Formats files as the user does, but for the tools: earlier services do not list them as generated. */
async function formatOf(directory: string): Promise<Format> {
  const format = await userFormat(directory);
  return async (file) => (file.path.startsWith(TOOLS) ? file : format(file));
}

function mergeTextOf(path: string, format: Format): MergeText | undefined {
  // The package manager resolves the lock of changed dependencies again.
  if (LOCKS.includes(path)) return (base, ours, theirs) => (ours === base ? theirs : ours);
  const merge = mergeJsonFormatted(path, format);
  if (path === 'package.json') return merge;
  // Rendered from what the service holds, so that nothing of it can be lost.
  if (path === STORE || isDefinition(path)) {
    return async (base, ours, theirs) => (await merge(base, ours, theirs)) ?? theirs;
  }
  return mergeTextOfResources(path);
}

function mergeJsonFormatted(path: string, format: Format): MergeText {
  return async (...texts) => {
    const merged = mergeJson(...texts);
    if (merged === undefined || merged === texts[1]) return merged;
    return (await format({ path, contents: Buffer.from(merged) })).contents.toString();
  };
}

/** Decides what needs no question: what was removed here stays so, and an unused lock goes. */
function settle(merged: Merged, directory: string): Merged {
  const staysRemoved = (conflict: Conflict) => conflict.kind === 'removed-here';
  const isUnusedLock = ({ kind, path }: Conflict) => kind === 'removal' && LOCKS.includes(path);
  const settled = merged.conflicts.filter((each) => staysRemoved(each) || isUnusedLock(each));
  const paths = settled.map(({ path }) => path);
  const left = settled.filter(staysRemoved).map(({ path }) => path);
  if (left.length > 0) printNotice(`Removed here, and not added again: ${left.join(', ')}.`);
  const locks = settled.filter(isUnusedLock).map(({ path }) => path);
  return {
    ...merged,
    files: merged.files.filter(({ path }) => !paths.includes(path)),
    removed: [...merged.removed, ...locks.filter((path) => existsSync(join(directory, path)))],
    conflicts: merged.conflicts.filter((conflict) => !settled.includes(conflict)),
  };
}

/** Ends the run when it would write over a file that git does not know. */
function refuseUntracked(
  { files }: Merged,
  ours: readonly RenderedFile[],
  directory: string,
): void {
  const tracked = new Set(ours.map(({ path }) => path));
  const untracked = files
    .map(({ path }) => path)
    .filter((path) => !tracked.has(path) && existsSync(join(directory, path)));
  if (untracked.length === 0) return;
  const list = untracked.map((path) => `  ${path}`);
  throw new GeneratorError(exitStatus.conflict, {
    reason: ['These files are not in git, and the update brings others:', ...list].join('\n'),
    hint: 'Nothing was written. Move or commit them, then repeat the command.',
  });
}
