import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';
import { templatesFolder } from '../../../lib/package-root.ts';
import type { FieldKind } from '../definition.ts';

/** Pieces of source text by their titles. */
export type Snippets = ReadonlyMap<string, string>;

/** Renders what a made service says of a field of a kind: sections below lines such as `## type`. */
export function renderSnippets(kind: FieldKind, view: object): Snippets {
  const file = join(templatesFolder, 'field-types', `${kind}.ejs`);
  const text = ejs.render(readFileSync(file, 'utf8'), view, {
    filename: file,
    strict: true,
    destructuredLocals: Object.keys(view),
    escape: String,
  });
  const [, ...sections] = text.replaceAll('\r\n', '\n').split(/^## /m);
  return new Map(sections.map(titleAndText).filter(([, snippet]) => snippet !== ''));
}

function titleAndText(section: string): [string, string] {
  const [title = '', ...lines] = section.split('\n');
  return [title, lines.join('\n').trim()];
}

/** A snippet that every kind has. */
export function requiredSnippet(snippets: Snippets, title: string): string {
  const snippet = snippets.get(title);
  if (snippet === undefined) throw new Error(`The template of the field type lacks "${title}"`);
  return snippet;
}
