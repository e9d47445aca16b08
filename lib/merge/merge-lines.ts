/**
 * Merges files whose lines do not depend on one another: lines that `theirs` removes go, lines that
 * it adds come last.
 */
export function mergeLines(base: string, ours: string, theirs: string): string {
  const [before, present, after] = [base, ours, theirs].map((text) => text.split('\n'));
  if (before === undefined || present === undefined || after === undefined) return ours;
  const kept = present.filter(
    (line) => line === '' || after.includes(line) || !before.includes(line),
  );
  const added = after.filter((line) => !before.includes(line) && !present.includes(line));
  const end = kept.at(-1) === '' ? kept.length - 1 : kept.length;
  return kept.toSpliced(end, 0, ...added).join('\n');
}
