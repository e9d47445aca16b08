import { resolve } from 'node:path';
import { withAnswersFile, withStoredAnswers } from './answer-files.ts';
import { read } from './answers.ts';
import { settleConflicts } from './conflicts.ts';
import type { Flags } from './flags.ts';
import type { Option } from './option.ts';
import { options } from './options.ts';
import { preflight } from './preflight.ts';
import { nobodyToAsk, openQuestions, withAnswered } from './questions.ts';
import { checkTarget } from './target-folder.ts';

/** Asks questions in a terminal; the answers come under the names of the options. */
export type Ask = (open: readonly Option<unknown>[]) => Promise<Record<string, unknown>>;

/**
 * Brings together what decides a run. What was typed wins over the answers file, that over what the
 * folder stored, that over what is asked; what is open then takes its default.
 *
 * @throws {GeneratorError} when something is not acceptable, or nobody is there to ask
 */
export async function gatherFlags(typed: Flags, ask: Ask): Promise<Flags> {
  const given = withAnswersFile(typed);
  // Standard output may be kept for one JSON document.
  for (const note of await preflight(given)) console.error(`Note: ${note}`);
  const open = openQuestions(given);
  if (!open.includes(options.folder)) return finish(given, ask);
  refuseToAskNobody(open);
  return finish(withAnswered(given, await ask([options.folder])), ask);
}

async function finish(given: Flags, ask: Ask): Promise<Flags> {
  checkTarget(resolve(read(options.folder, given)));
  return settleConflicts(await askRest(withStoredAnswers(given), ask), ask);
}

async function askRest(given: Flags, ask: Ask): Promise<Flags> {
  const open = openQuestions(given);
  if (open.length === 0) return given;
  refuseToAskNobody(open);
  return withAnswered(given, await ask(open));
}

function refuseToAskNobody(open: readonly Option<unknown>[]): void {
  if (!process.stdin.isTTY) throw nobodyToAsk(open);
}
