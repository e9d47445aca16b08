import { type Complain, unknownWord } from './problem.ts';
import type { Scanner } from './scanner.ts';

/** The switches of a field, each with the sign that stands for it. */
const SWITCHES = [
  ['array', /\[\]/],
  ['optional', /\?/],
  ['unique'],
  ['index'],
  ['sensitive'],
] as const satisfies readonly (readonly [string, RegExp?])[];

/** The words that take a value, up to the next blank; the default takes the rest. */
const ASSIGNMENTS = ['default', 'onDelete', 'pattern', 'example'] as const;

export type Switch = (typeof SWITCHES)[number][0];
export type Assignment = (typeof ASSIGNMENTS)[number];
export type Modifier = Switch | Assignment;

/** What follows the type of a field: for each modifier, its position and its value. */
export type Modifiers = ReadonlyMap<
  Modifier,
  { readonly position: number; readonly value: string }
>;

/** Reads all modifiers up to the end. */
export function takeModifiers(scanner: Scanner, complain: Complain): Modifiers {
  const modifiers = new Map<Modifier, { position: number; value: string }>();
  for (;;) {
    scanner.take(/[\s:]*/);
    const { position } = scanner;
    if (scanner.isAtEnd) return modifiers;
    const modifier = takeModifier(scanner);
    if (modifier === undefined) complain(position, unknown(scanner));
    else if (modifiers.has(modifier)) complain(position, `"${modifier}" appears twice`);
    else modifiers.set(modifier, { position, value: takeValue(modifier, scanner) });
  }
}

function takeModifier(scanner: Scanner): Modifier | undefined {
  if (scanner.sees(/=/)) return 'default';
  for (const [name, sign] of SWITCHES) {
    if (sign !== undefined && scanner.take(sign) !== undefined) return name;
    if (scanner.take(new RegExp(`${name}(?![\\w-])`)) !== undefined) return name;
  }
  if (scanner.take(/on-delete(?=[=:])/) !== undefined) return 'onDelete';
  return ASSIGNMENTS.find((name) => scanner.take(new RegExp(`${name}(?=[=:])`)) !== undefined);
}

function takeValue(modifier: Modifier, scanner: Scanner): string {
  switch (modifier) {
    case 'default':
      return scanner.take(/[=:](.*)/) ?? '';
    case 'pattern':
    case 'example':
      return scanner.take(/[=:](\S*)/) ?? '';
    case 'onDelete':
      return scanner.take(/[=:]([\w-]*)/) ?? '';
    default:
      return '';
  }
}

function unknown(scanner: Scanner): string {
  const word = scanner.take(/[\w-]+|./) ?? '';
  const valid = [...SWITCHES.map(([name]) => name), ...ASSIGNMENTS];
  return unknownWord('modifier', word, valid);
}
