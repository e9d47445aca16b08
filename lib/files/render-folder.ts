import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';

/** A file of the made service, before it is written. */
export interface RenderedFile {
  /** Relative to the service, with forward slashes. */
  readonly path: string;
  readonly contents: Buffer;
}

/**
 * Renders a folder of templates: `x.ejs` becomes `x`, anything else is copied. In paths `_dot_`
 * stands for a leading dot and `__key__` for a value of the view.
 */
export function renderFolder(folder: string, view: object): RenderedFile[] {
  return filesIn(folder).map((file) => ({
    path: targetPath(file, view),
    contents: renderFile(join(folder, file), view),
  }));
}

function filesIn(folder: string, prefix = ''): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesIn(join(folder, entry.name), `${prefix}${entry.name}/`)
        : [`${prefix}${entry.name}`],
    );
}

function targetPath(file: string, view: object): string {
  const values = new Map<string, unknown>(Object.entries(view));
  return file
    .replace(/\.ejs$/, '')
    .split('/')
    .map((segment) =>
      segment.replace(/^_dot_/, '.').replace(/__(\w+?)__/g, (_, key: string) => {
        const value = values.get(key);
        if (typeof value === 'string' && /^[\w.-]+$/.test(value)) return value;
        throw new Error(`${file}: the view has no ${key} that is valid in a path`);
      }),
    )
    .join('/');
}

function renderFile(file: string, view: object): Buffer {
  const source = readFileSync(file);
  if (!file.endsWith('.ejs')) return isText(source) ? Buffer.from(toLf(source.toString())) : source;
  const text = ejs.render(source.toString(), view, {
    filename: file,
    strict: true,
    destructuredLocals: Object.keys(view),
    // The output is source text, not HTML.
    escape: String,
  });
  return Buffer.from(toLf(text));
}

function isText(contents: Buffer): boolean {
  return !contents.includes(0);
}

function toLf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
