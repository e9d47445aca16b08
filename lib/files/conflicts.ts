import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { type Answers, read, resolveAnswers } from '../options/resolve.ts';
import { GeneratorError } from '../errors/generator-error.ts';
import { exitStatus } from '../errors/exit-status.ts';
import type { Flags } from '../options/raw-options.ts';
import type { Ask } from '../run/gather.ts';
import { options } from '../../generators/app/options.ts';
import { canAsk } from '../options/unanswered.ts';
import type { RenderedFile } from './render-folder.ts';
import { renderService } from '../../generators/app/render-service.ts';
import { type Comparison, compareWithDisk } from './compare.ts';
import { lockTarget, unlockTarget } from './target-lock.ts';
import { restore } from './write.ts';

const SHOW = 'show diffs';

/** The files of a service, and how they stand to the folder. */
export function compareService(answers: Answers): Comparison {
  return compareWithDisk(renderService(answers), answers.target);
}

/**
 * Locks the target, and settles what happens to existing files that differ: by `--on-conflict`, else
 * by asking once. Nothing is settled or locked when nothing will be written.
 *
 * @throws {GeneratorError} when another run has locked the target, the run shall stop, or it cannot
 *   prompt
 */
export async function settleConflicts(flags: Flags, ask: Ask): Promise<Flags> {
  const answers = resolveAnswers(flags);
  if (answers.dryRun) return flags;
  lockTarget(answers.target);
  if (answers.resume) return flags;
  try {
    return await settle(answers, flags, ask);
  } catch (error) {
    unlockTarget(answers.target);
    throw error;
  }
}

async function settle(answers: Answers, flags: Flags, ask: Ask): Promise<Flags> {
  if (restore(answers.target)) {
    console.error('An earlier run was stopped while it wrote: what it wrote was taken back.');
  }
  // Nothing can differ in a folder that is not there, and rendering is most of the work.
  if (!existsSync(answers.target)) return flags;
  const { differing, blocked } = compareService(answers);
  if (blocked.length > 0 && answers.onConflict !== 'keep') throw clash(answers.target, blocked);
  if (differing.length === 0) return flags;
  const decided = await decide(flags, () => askOnce(answers.target, differing, ask));
  if (read(options.onConflict, decided) === 'stop') throw clash(answers.target, differing);
  return decided;
}

/**
 * Makes sure that a plan changes no file that nothing was decided about.
 *
 * @throws {GeneratorError} when files differ that did not when it was settled what happens to them
 */
export function refuseUnsettled(
  { target, onConflict }: Answers,
  differing: readonly RenderedFile[],
) {
  if (onConflict === 'stop' && differing.length > 0) throw clash(target, differing);
}

/** How a file would change, as a unified diff. */
export function diffOf(folder: string, { path, contents }: RenderedFile): string {
  const present = readFileSync(join(folder, path), 'utf8');
  return createTwoFilesPatch(path, path, present, contents.toString(), 'present', 'new');
}

/** The flags with what a person chose, where nothing was given and somebody may be asked. */
async function decide(flags: Flags, choose: () => Promise<unknown>): Promise<Flags> {
  const { name } = options.onConflict;
  const mayAsk = canAsk(flags) && !read(options.yes, flags);
  if (flags.has(name) || !mayAsk) return flags;
  return new Map([...flags, [name, await choose()]]);
}

async function askOnce(folder: string, differing: readonly RenderedFile[], ask: Ask) {
  const list = differing.map(({ path }) => `  ${path}`).join('\n');
  const question = `These files are there and differ:\n${list}\nWhat shall happen to them`;
  for (;;) {
    const choices = [...options.onConflict.choices, SHOW];
    const { [options.onConflict.name]: choice } = await ask([
      { ...options.onConflict, choices, question },
    ]);
    if (choice !== SHOW) return choice;
    for (const file of differing) console.log(diffOf(folder, file));
  }
}

function clash(target: string, files: readonly RenderedFile[]): GeneratorError {
  const list = files.map(({ path }) => `  ${path}`);
  return new GeneratorError(exitStatus.conflict, {
    reason: [`${target} holds files that differ:`, ...list].join('\n'),
    hint: 'Nothing was written. Choose another folder, move these files away, or add --on-conflict keep or --on-conflict overwrite.',
  });
}
