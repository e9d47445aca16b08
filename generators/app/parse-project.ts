import { statSync } from 'node:fs';
import { basename, parse, resolve, sep } from 'node:path';
import type { Parsed } from '../../lib/options/option.ts';
import { parseText, quote } from '../../lib/options/parse-values.ts';
import { projectNameProblem, suggestProjectName } from './project-name.ts';
import { nearestExisting } from '../../lib/files/target-directory.ts';

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;
/** They have a meaning in PATH, in module URLs or in glob patterns. */
const UNUSABLE_IN_PATHS = /[#%:?*\\]/;
const MAX_DESCRIPTION = 200;
const PREFIX_SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9._~-]+$/;

/** Parses the target directory, whose base name becomes the service name. */
export function parseDirectory(raw: unknown): Parsed<string> {
  const text = parseText(raw);
  if ('problem' in text) return text;
  if (CONTROL.test(text.value)) return { problem: 'contains a control character. Remove it.' };
  const target = resolve(text.value);
  const name = basename(target);
  const problem = text.value === '' ? 'is empty' : projectNameProblem(name);
  if (problem !== undefined) {
    return { problem: `${quote(name)} ${problem}. Try ${suggestProjectName(name)}.` };
  }
  const [unusable] = UNUSABLE_IN_PATHS.exec(segmentsOf(target).join('')) ?? [];
  if (unusable !== undefined) {
    return {
      problem: `${quote(target)} contains ${quote(unusable)}, which npm and the tools that check the service cannot handle. Choose a path without # % : ? * and \\.`,
    };
  }
  const obstacle = nearestExisting(target);
  return statSync(obstacle).isDirectory()
    ? { value: text.value }
    : { problem: `${obstacle} is a file. Choose another directory, such as ${name}-service.` };
}

function segmentsOf(path: string): string[] {
  return path.slice(parse(path).root.length).split(sep);
}

/** Parses a description: one line of bounded length; an empty one means the default. */
export function parseDescription(fallback: string): (raw: unknown) => Parsed<string> {
  return (raw) => {
    const text = parseText(raw);
    if ('problem' in text) return text;
    if (CONTROL.test(text.value)) {
      return {
        problem: 'contains a line break or another control character. Expected one line of text.',
      };
    }
    return text.value.length > MAX_DESCRIPTION
      ? { problem: `is ${text.value.length} characters long: expected at most ${MAX_DESCRIPTION}.` }
      : { value: text.value || fallback };
  };
}

/** Parses the path prefix of all endpoints; `a/b/` becomes `/a/b`, and `/` the empty prefix. */
export function parsePrefix(raw: unknown): Parsed<string> {
  const text = parseText(raw);
  if ('problem' in text) return text;
  const segments = text.value.split('/').filter((segment) => segment !== '');
  return segments.every((segment) => PREFIX_SEGMENT.test(segment))
    ? { value: segments.map((segment) => `/${segment}`).join('') }
    : {
        problem: `invalid path ${quote(text.value)}: expected letters, digits, and . _ ~ - between slashes, such as /example.`,
      };
}
