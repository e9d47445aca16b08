import { resolve } from 'node:path';
import { readAnswersFile, withStoredAnswers } from '../options/answers-file.ts';
import { read, refuse, resolveAnswers } from '../options/resolve.ts';
import { settleConflicts } from '../files/conflicts.ts';
import type { Flags } from '../options/raw-options.ts';
import type { Option } from '../options/option.ts';
import { options } from '../../generators/app/options.ts';
import { checkManager, preflight } from './preflight.ts';
import { canAsk, nobodyToAsk, openQuestions, withAnswered } from '../options/unanswered.ts';
import { newReport, printReport } from './report.ts';
import { withRunState } from './state.ts';
import { checkTarget } from '../files/target-directory.ts';
import { checkLinker, withWorkspaceManager, workspaceNotes } from '../package-manager/workspace.ts';

/** Asks questions in a terminal; the answers come under the names of the options. */
export type Ask = (open: readonly Option<unknown>[]) => Promise<Record<string, unknown>>;

/**
 * Brings together what decides a run. What was typed wins over the answers file, that over what the
 * folder stored, that over what is asked; what is open then takes its default.
 *
 * @throws {GeneratorError} when something is not acceptable, or nobody is there to ask; with
 *   `--json` that was reported
 */
export async function gatherFlags(typed: Flags, ask: Ask): Promise<Flags> {
  const { flags, problems } = readAnswersFile(typed);
  try {
    refuse(problems);
    return await complete(flags, ask);
  } catch (error) {
    if (read(options.json, flags)) printReport(newReport(), error);
    throw error;
  }
}

async function complete(given: Flags, ask: Ask): Promise<Flags> {
  note(await preflight(given));
  const open = openQuestions(given);
  if (!open.includes(options.folder)) return finish(given, ask);
  refuseToAskNobody(given, open);
  return finish(withAnswered(given, await ask([options.folder])), ask);
}

async function finish(given: Flags, ask: Ask): Promise<Flags> {
  const folder = resolve(read(options.folder, given));
  checkTarget(folder);
  const known = withStoredAnswers(
    read(options.resume, given) ? withRunState(folder, given) : given,
  );
  const flags = await askRest(withWorkspaceManager(folder, known), ask);
  checkManager(flags);
  checkWorkspace(flags);
  return settleConflicts(flags, ask);
}

async function askRest(given: Flags, ask: Ask): Promise<Flags> {
  const open = openQuestions(given);
  if (open.length === 0) return given;
  refuseToAskNobody(given, open);
  return withAnswered(given, await ask(open));
}

function checkWorkspace(flags: Flags): void {
  const { workspace, packageManager, features, skipInstall } = resolveAnswers(flags);
  if (workspace === undefined) return;
  if (!skipInstall) checkLinker(workspace, packageManager);
  note(workspaceNotes(workspace, packageManager, features));
}

// Standard output may be kept for one JSON document.
function note(notes: readonly string[]): void {
  for (const text of notes) console.error(`Note: ${text}`);
}

function refuseToAskNobody(given: Flags, open: readonly Option<unknown>[]): void {
  if (!canAsk(given)) throw nobodyToAsk(open);
}
