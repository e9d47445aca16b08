import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { problemsIn, read, refuse } from './resolve.ts';
import { messageOf } from '../errors/generator-error.ts';
import { canonicalFlags, type Flags } from './raw-options.ts';
import { isRecord } from '../json-record.ts';
import { allOptions, options } from '../../generators/app/options.ts';

/** Where a made service keeps the answers that it was made with, as Yeoman's generators do. */
export const STORE = '.yo-rc.json';

/** Under what name the answers stand there. */
export const STORE_KEY = 'generator-clean-flask-ts';

/** What was read as answers, and all that is wrong with it. */
export interface AnswersRead {
  readonly flags: Flags;
  readonly problems: readonly string[];
}

/** What was typed, which wins, and what the file of `--answers` adds to it, acceptable or not. */
export function readAnswersFile(typed: Flags): AnswersRead {
  const file = read(options.answers, typed);
  if (file === '') return { flags: typed, problems: problemsIn(typed) };
  const { flags, problems } = readAnswers(file, (content) => content);
  const both = without(options.answers.name, new Map([...flags, ...typed]));
  const ownProblems = [...problemsIn(typed), ...problems];
  // Each may be acceptable by itself, and both together not.
  return { flags: both, problems: ownProblems.length > 0 ? ownProblems : problemsIn(both) };
}

/**
 * Adds what is stored in the folder of the service to what was given, which wins.
 *
 * @throws {GeneratorError} when what is stored is not acceptable
 */
export function withStoredAnswers(given: Flags): Flags {
  const file = join(read(options.folder, given), STORE);
  if (!existsSync(file)) return given;
  const { flags, problems } = readAnswers(file, (content) =>
    isRecord(content) ? (content[STORE_KEY] ?? {}) : content,
  );
  refuse(problems);
  const stored = [...flags].filter(([name]) => isStored(name));
  return new Map([...stored, ...given]);
}

function isStored(name: string): boolean {
  return allOptions.some((option) => option.name === name && option.group === 'service');
}

function readAnswers(file: string, select: (content: unknown) => unknown): AnswersRead {
  const source = relative(process.cwd(), file) || file;
  try {
    // JSON is YAML.
    const answers = select(parse(readFileSync(file, 'utf8')));
    if (!isRecord(answers)) return { flags: new Map(), problems: [`${source}: holds no answers.`] };
    const flags = new Map(
      [...canonicalFlags(answers)].map(([name, value]) => [name, asTyped(value)]),
    );
    return { flags, problems: problemsIn(flags, source) };
  } catch (error) {
    return { flags: new Map(), problems: [`${source}: cannot be read: ${messageOf(error)}`] };
  }
}

function asTyped(value: unknown): unknown {
  return Array.isArray(value) ? value.join(',') : value;
}

function without(name: string, flags: Flags): Flags {
  return new Map([...flags].filter(([key]) => key !== name));
}
