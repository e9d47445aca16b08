import { describe, expect, it } from 'vitest';
import { releasedBefore } from '../../scripts/release-age.ts';

describe('releasedBefore', () => {
  it.each([
    ['2026-11-27T17:04:42.123Z', '2026-11-13T17:04:42.123Z'],
    ['2027-01-05T00:00:00.000Z', '2026-12-22T00:00:00.000Z'],
    ['2028-03-01T12:00:00.000Z', '2028-02-16T12:00:00.000Z'],
    // Hours count, not days of a calendar, where the clocks change.
    ['2026-04-05T02:30:00.000+02:00', '2026-03-22T00:30:00.000Z'],
  ])('is at %s two weeks before, %s', (now, before) => {
    expect(releasedBefore(new Date(now))).toBe(before);
  });
});
