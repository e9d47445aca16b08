import { parseAllDocuments } from 'yaml';
import { resolveAnswers } from '../../lib/options/resolve.ts';
import { canonicalFlags } from '../../lib/options/raw-options.ts';
import { renderService } from '../../generators/app/render-service.ts';

/** The text of each file that answers make, by its path. */
export function renderedText(flags: Readonly<Record<string, unknown>>): Map<string, string> {
  const files = renderService(resolveAnswers(canonicalFlags(flags)));
  return new Map(files.map(({ path, contents }) => [path, contents.toString()]));
}

/** The one document that a text of YAML holds. */
export function parseYaml(text = ''): unknown {
  const [document, ...others] = parseAllDocuments(text, { strict: true });
  if (document === undefined || others.length > 0) throw new Error('Not one document');
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) throw error;
  return document.toJS();
}

/** The npm scripts of a service that a text runs and the service does not have. */
export function unknownScripts(files: ReadonlyMap<string, string>, text: string): string[] {
  const { scripts }: { scripts: object } = JSON.parse(files.get('package.json') ?? '');
  return [...text.matchAll(/\bnpm (?:run (?:--silent )?)?([a-z][\w:-]*)/g)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'ci' && !(name in scripts));
}
