import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What a folder holds: the text of each file, and nothing for each folder, by its path. */
export function filesIn(folder: string): ReadonlyMap<string, string | undefined> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), entry.isFile() ? readFileSync(path, 'utf8') : undefined];
    }),
  );
}
