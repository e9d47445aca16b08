/** Lines that a resource adds to a file that all resources share. */
export interface Wiring {
  /** Path in the service, with forward slashes. */
  readonly file: string;
  /** What the comment holds above which the lines go, such as `<resources:imports>`. */
  readonly marker: string;
  readonly lines: readonly string[];
}

/**
 * Inserts blocks of lines directly above the comments that hold their markers, with the marker's
 * indentation. A block that is already there is left alone, so wiring twice changes nothing.
 *
 * @throws {Error} when a marker is missing or stands there more than once
 */
export function wire(source: string, blocks: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(blocks).reduce(
    (text, [marker, lines]) => insertAbove(text, marker, lines),
    source,
  );
}

function insertAbove(source: string, marker: string, lines: readonly string[]): string {
  const existing = source.split('\n');
  const position = markerPosition(existing, marker);
  const indentation = /^\s*/.exec(existing[position] ?? '')?.[0] ?? '';
  const block = lines.map((line) => (line === '' ? '' : indentation + line));
  return holdsBlock(existing, block)
    ? source
    : existing.toSpliced(position, 0, ...block).join('\n');
}

function markerPosition(lines: readonly string[], marker: string): number {
  const positions = lines.flatMap((line, index) => (line.includes(marker) ? [index] : []));
  const [position] = positions;
  if (position === undefined) throw new Error(`The marker ${marker} is missing`);
  if (positions.length > 1) {
    throw new Error(`The marker ${marker} stands there ${positions.length} times`);
  }
  return position;
}

function holdsBlock(lines: readonly string[], block: readonly string[]): boolean {
  return lines.some((_, start) => block.every((line, index) => lines[start + index] === line));
}
