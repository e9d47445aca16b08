import { isDeepStrictEqual } from 'node:util';
import type { RenderedFile } from '../../lib/files/render-folder.ts';
import { isRecord } from '../../lib/json-record.ts';
import { renderedTrees } from '../../lib/git/rendered-tree.ts';
import { answersIn, STORE } from '../../lib/options/answers-file.ts';
import { version } from '../../lib/package-root.ts';
import { printNotice } from '../../lib/process/output.ts';
import { renderService } from '../app/render-service.ts';
import type { ServiceAnswers } from '../app/view.ts';
import type { ResourceDefinition } from '../resource/definition.ts';
import { isDefinition } from '../resource/definition-file.ts';
import { renderByVersion } from './published-version.ts';

/** What a service was rendered as, before its user changed it. */
export interface Base {
  readonly files: readonly RenderedFile[];
  /** The name that it was rendered with: the user may have changed it since. */
  readonly name: string;
  /** Where it comes from, in a sentence. */
  readonly origin: string;
  /** Whether nothing is known of it. */
  readonly isUnknown: boolean;
}

/**
 * Finds what a service was rendered as: by this version, in the history of its repository, or by the
 * version that made it. Where none can be had it is unknown.
 *
 * @param made the version that made it
 * @param ours its files as they are
 */
export async function baseOf(
  directory: string,
  made: string,
  answers: ServiceAnswers,
  definitions: readonly ResourceDefinition[],
  ours: readonly RenderedFile[],
): Promise<Base> {
  const { name } = answers;
  if (made === version) {
    const files = renderService(answers, definitions);
    return { files, name, origin: 'rendered by this version', isUnknown: false };
  }
  for await (const { commit, files } of renderedTrees(directory, made)) {
    if (!isDeepStrictEqual(decisions(files), decisions(ours))) continue;
    const origin = `the files of commit ${commit}`;
    return { files, name: nameIn(files) ?? name, origin, isUnknown: false };
  }
  printNotice(`Getting version ${made}, to render what the service was made from.`);
  const rendered = await renderByVersion(made, directory, answers);
  if ('files' in rendered) {
    const { files } = rendered;
    return { files, name, origin: `rendered again by version ${made}`, isUnknown: false };
  }
  const origin = `unknown, because version ${made} cannot be had: ${rendered.problem}`;
  // What the new rendering is made from is known all the same.
  return { files: ours.filter(isDecisive), name, origin, isUnknown: true };
}

function nameIn(files: readonly RenderedFile[]): string | undefined {
  const manifest = files.find(({ path }) => path === 'package.json');
  const content: unknown = JSON.parse(manifest?.contents.toString() ?? '{}');
  return isRecord(content) && typeof content['name'] === 'string' ? content['name'] : undefined;
}

/** Whether a file decides all others: it holds the answers, or a definition. */
function isDecisive({ path }: RenderedFile): boolean {
  return path === STORE || isDefinition(path);
}

/** What the decisive files say; their format does not matter. */
function decisions(files: readonly RenderedFile[]): unknown {
  return Object.fromEntries(
    files
      .filter(isDecisive)
      .map(({ path, contents }) => [path, decisionsIn(path, contents.toString())]),
  );
}

function decisionsIn(path: string, text: string): unknown {
  try {
    const content: unknown = JSON.parse(text);
    return path === STORE ? answersIn(content) : content;
  } catch {
    return text; // it then differs from any that is valid
  }
}
