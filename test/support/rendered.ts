import { parseAllDocuments } from 'yaml';
import { options } from '../../generators/app/options.ts';
import { renderService } from '../../generators/app/render-service.ts';
import type { ServiceAnswers } from '../../generators/app/view.ts';
import { valuesOf } from '../../lib/options/resolve.ts';

/** The default answers, with some of them replaced. */
export function serviceAnswers(replaced: Partial<ServiceAnswers> = {}): ServiceAnswers {
  const { directory: name, ...defaults } = valuesOf(options, new Map());
  return { ...defaults, name, inWorkspace: false, ...replaced };
}

/** The text of each rendered file, by its path. */
export function renderedText(replaced: Partial<ServiceAnswers> = {}): Map<string, string> {
  const files = renderService(serviceAnswers(replaced));
  return new Map(files.map(({ path, contents }) => [path, contents.toString()]));
}

/** The single document in a YAML text. */
export function parseYaml(text = ''): unknown {
  const [document, ...others] = parseAllDocuments(text, { strict: true });
  if (document === undefined || others.length > 0) throw new Error('Not one document');
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) throw error;
  return document.toJS();
}

/** The npm scripts that a text runs and that the service does not have. */
export function unknownScripts(files: ReadonlyMap<string, string>, text: string): string[] {
  const { scripts }: { scripts: object } = JSON.parse(files.get('package.json') ?? '');
  return [...text.matchAll(/\bnpm (?:run (?:--silent )?)?([a-z][\w:-]*)/g)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'ci' && !(name in scripts));
}
