import { isDeepStrictEqual } from 'node:util';
import type { RenderedFile } from '../../lib/files/render-folder.ts';
import { renderedTrees } from '../../lib/git/rendered-tree.ts';
import { STORE } from '../../lib/options/answers-file.ts';
import { version } from '../../lib/package-root.ts';
import { renderService } from '../app/render-service.ts';
import type { ServiceAnswers } from '../app/view.ts';
import type { ResourceDefinition } from '../resource/definition.ts';
import { DEFINITIONS } from '../resource/definition-file.ts';
import { renderByVersion } from './published-version.ts';

/** What a service was rendered as, before its user changed it. */
export interface Base {
  readonly files: readonly RenderedFile[];
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
  if (made === version) {
    const files = renderService(answers, definitions);
    return { files, origin: 'rendered by this version', isUnknown: false };
  }
  for await (const { commit, files } of renderedTrees(directory, made)) {
    if (!isDeepStrictEqual(decisiveFiles(files), decisiveFiles(ours))) continue;
    return { files, origin: `the files of commit ${commit}`, isUnknown: false };
  }
  const rendered = await renderByVersion(made, directory, answers);
  if ('files' in rendered) {
    return { files: rendered.files, origin: `rendered again by version ${made}`, isUnknown: false };
  }
  const origin = `unknown, because version ${made} cannot be had: ${rendered.problem}`;
  return { files: [], origin, isUnknown: true };
}

/** The texts that decide all others: the answers and the definitions. */
function decisiveFiles(files: readonly RenderedFile[]): Map<string, string> {
  return new Map(
    files
      .filter(({ path }) => path === STORE || path.startsWith(`${DEFINITIONS}/`))
      .map(({ path, contents }) => [path, JSON.stringify(parsed(contents.toString()))] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // it then differs from any that is valid
  }
}
