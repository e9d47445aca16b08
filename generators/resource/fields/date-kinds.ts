import type { Parsed } from '../../../lib/options/option.ts';
import type { FieldKindRow } from './field-kind.ts';
import { plain } from './text-kinds.ts';

export const date: FieldKindRow<'date'> = {
  usage: 'date',
  parse: plain('date'),
  parseDefault: (text) =>
    canonical(text, /^\d{4}-\d\d-\d\d$/, `${text}T00:00:00.000Z`, 'a date such as 2024-02-29'),
  filter: 'range',
  element: true,
  count: () => Infinity,
  examples: () => ['2024-02-28', '2024-02-29'],
};

export const time: FieldKindRow<'time'> = {
  usage: 'time',
  parse: plain('time'),
  parseDefault: (text) =>
    canonical(text, /^\d\d:\d\d:\d\d$/, `1970-01-01T${text}.000Z`, 'a time such as 23:59:59'),
  filter: 'range',
  element: true,
  count: () => 86_400,
  examples: () => ['00:00:00', '23:59:59'],
};

export const datetime: FieldKindRow<'datetime'> = {
  usage: 'datetime',
  parse: plain('datetime'),
  parseDefault: (text) => {
    const value = text.replace(/(:\d\d)Z$/, '$1.000Z');
    return canonical(
      value,
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
      value,
      'a time in UTC such as 2024-02-29T23:59:59Z',
    );
  },
  filter: 'range',
  element: true,
  count: () => Infinity,
  examples: () => ['2024-02-28T23:59:59.999Z', '2024-02-29T00:00:00.000Z'],
};

/** Takes what a `Date` reads and prints alike, which 30 February is not. */
function canonical(value: string, form: RegExp, time: string, what: string): Parsed<string> {
  const parsed = new Date(time);
  const exists =
    form.test(value) && !Number.isNaN(parsed.getTime()) && parsed.toISOString() === time;
  return exists && !value.startsWith('0000') ? { value } : { problem: `expected ${what}` };
}
