import { expect, it } from 'vitest';
import { migrationFolder } from '../../../../generators/resource/migration/migration-folder.ts';

const now = new Date('2026-03-04T23:06:07.890+01:00');

it.each([
  ['takes the time in UTC', [], '20260304220607_create_book'],
  [
    'comes after earlier ones',
    ['20260304220606_a', '20250101000000_b'],
    '20260304220607_create_book',
  ],
  ['comes after one of the same second', ['20260304220607_z'], '20260304220608_create_book'],
  [
    'comes after later ones',
    ['20260304220607_z', '20261231235959_a'],
    '20270101000000_create_book',
  ],
  ['comes after a time that no clock shows', ['20260304996199_a'], '20260308040240_create_book'],
  [
    'ignores folders without a time',
    ['0_init', 'init', '202603042206071_a'],
    '20260304220607_create_book',
  ],
])('%s', (_, existing, folder) => {
  expect(migrationFolder(existing, 'create_book', now)).toBe(folder);
});
