import type { Field, FieldKind, FieldType } from '../definition.ts';
import { assembleField } from './assemble-field.ts';
import { fieldKinds, isKind, kindNames } from '../fields/field-kinds.ts';
import { fieldNameProblem } from './field-names.ts';
import { takeModifiers } from './modifiers.ts';
import { type Complain, type Problem, unknownWord } from './problem.ts';
import { Scanner } from './scanner.ts';

/** A field, as far as it could be parsed, and what is wrong with it. */
export interface ParsedField {
  readonly field?: Field;
  readonly problems: readonly Problem[];
}

/**
 * Parses `name:type[(args)][[]][?] [unique] [index] [sensitive] [=default]`, or the same without the
 * characters that shells interpret: `name:type[:args][:array][:optional][:unique]…`.
 */
export function parseField(text: string): ParsedField {
  const problems: Problem[] = [];
  const complain: Complain = (position, message) => {
    problems.push({ text, column: position + 1, message });
  };
  const scanner = new Scanner(text);
  scanner.take(/\s*/);
  const start = scanner.position;
  const name = scanner.take(/[^:\s]*/) ?? '';
  const nameProblem = fieldNameProblem(name);
  if (nameProblem !== undefined) complain(start, nameProblem);
  if (scanner.isAtEnd && name === '') return { problems };
  const type = takeType(scanner, complain);
  // What follows an unknown type cannot be told apart.
  if (type === undefined) return { problems };
  const field = assembleField(name, type, takeModifiers(scanner, complain), complain);
  return { ...(problems.length === 0 && { field }), problems };
}

function takeType(scanner: Scanner, complain: Complain): FieldType | undefined {
  scanner.take(/\s*:\s*/);
  const start = scanner.position;
  const word = scanner.take(/\w*/) ?? '';
  if (word === '') complain(start, `missing type: expected name:type, such as title:string(200)`);
  else if (!isKind(word)) complain(start, unknownWord('type', word, kindNames));
  else return takeArguments(word, start, scanner, complain);
  return undefined;
}

function takeArguments(
  kind: FieldKind,
  start: number,
  scanner: Scanner,
  complain: Complain,
): FieldType | undefined {
  const args = takeParenthesis(scanner) ?? takeSegment(kind, scanner);
  const { parse, usage } = fieldKinds[kind];
  const parsed = parse(args);
  if ('value' in parsed) return parsed.value;
  complain(start, `${parsed.problem}: expected ${usage}`);
  return undefined;
}

function takeParenthesis(scanner: Scanner): string | undefined {
  return scanner.take(/\s*\(([^)]*)\)/);
}

/** The arguments of `string:200`, `enum:draft.published` and `int:1..5`; not the word of `int:unique`. */
function takeSegment(kind: FieldKind, scanner: Scanner): string | undefined {
  const takesNames = kind === 'enum' || kind === 'references';
  return scanner.take(takesNames ? /:([\w.,|-]+)/ : /:([-\d.,]+)(?![\w])/);
}
