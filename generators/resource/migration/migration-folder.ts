const TIMESTAMP = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?!\d)/;

/**
 * The folder of a new migration: its name after the time, in UTC.
 *
 * @param existing the folders of the other migrations; the new one comes after all of them
 */
export function migrationFolder(existing: readonly string[], name: string, now: Date): string {
  const afterLast = existing.map((folder) => secondAfter(folder));
  const time = Math.max(now.getTime(), ...afterLast);
  return `${timestamp(new Date(time))}_${name}`;
}

/** In milliseconds. A folder without a time sorts by its own rules. */
function secondAfter(folder: string): number {
  const [, year, month, ...rest] = TIMESTAMP.exec(folder)?.map(Number) ?? [];
  if (year === undefined || month === undefined) return -Infinity;
  const [day, hour, minute, second = 0] = rest;
  return Date.UTC(year, month - 1, day, hour, minute, second + 1);
}

function timestamp(time: Date): string {
  return time.toISOString().replace(/\D/g, '').slice(0, 14);
}
