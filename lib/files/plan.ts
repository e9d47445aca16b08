import type { Answers } from '../options/resolve.ts';
import { compareService, diffOf } from './conflicts.ts';
import type { RenderedFile } from './render-folder.ts';
import type { Report } from '../run/report.ts';
import type { Step } from '../run/steps.ts';
import { writeFiles } from './write.ts';

/** What a run does with each file of a service. */
export interface FilesPlan {
  readonly create: readonly RenderedFile[];
  readonly change: readonly RenderedFile[];
  /** Something else stands there, which no file can replace. */
  readonly refuse: readonly RenderedFile[];
  readonly leave: readonly RenderedFile[];
}

/** Plans the files, by what is in the folder and by `--on-conflict`. */
export function planFiles(answers: Answers): FilesPlan {
  const { missing, differing, blocked, identical } = compareService(answers);
  return answers.onConflict === 'keep'
    ? { create: missing, change: [], refuse: [], leave: [...identical, ...differing, ...blocked] }
    : { create: missing, change: differing, refuse: blocked, leave: identical };
}

/** What the report says about a plan. */
export function reportedFiles({ create, change, leave }: FilesPlan): Report['files'] {
  return { created: create.map(pathOf), changed: change.map(pathOf), left: leave.map(pathOf) };
}

/** What a dry run says. */
export function planText(folder: string, { create, change, refuse, leave }: FilesPlan): string {
  return [
    ...create.map(({ path }) => `create  ${path}`),
    ...change.map((file) => `change  ${file.path}\n${diffOf(folder, file)}`),
    ...refuse.map(({ path }) => `refuse  ${path}: something else stands there`),
    ...leave.map(({ path }) => `leave   ${path}`),
    '',
    'Nothing was written.',
  ].join('\n');
}

/** Writes what is to be created and changed. */
export function writeStep(folder: string, { create, change, leave }: FilesPlan): Step {
  const files = [...create, ...change];
  return {
    name: 'write',
    title: 'Writing files',
    run: async ({ signal }) => {
      if (files.length > 0) await writeFiles(folder, files, signal);
      const rest = leave.length === 0 ? '' : `, ${leave.length} left as they were`;
      return `${files.length} files written${rest}`;
    },
  };
}

function pathOf({ path }: RenderedFile): string {
  return path;
}
