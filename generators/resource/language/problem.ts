import { nearest } from '../../../lib/options/nearest.ts';

/** Why a part of a definition is refused. */
export interface Problem {
  /** The text of the field, or of another line of the definition. */
  readonly text: string;
  /** Where the problem is in it; the first character is 1. */
  readonly column: number;
  readonly message: string;
}

/** Adds a problem at a number of characters from the start. */
export type Complain = (position: number, message: string) => void;

/** Says that a word is unknown, and which ones are valid. */
export function unknownWord(what: string, word: string, valid: readonly string[]): string {
  const meant = nearest(word.toLowerCase(), valid);
  return meant === undefined
    ? `unknown ${what} "${word}" (allowed: ${valid.join(', ')})`
    : `unknown ${what} "${word}": did you mean "${meant}"?`;
}

/** A problem in one line, with its position. */
export function problemText({ text, column, message }: Problem): string {
  return `${text} (column ${column}): ${message}${message.endsWith('?') ? '' : '.'}`;
}
