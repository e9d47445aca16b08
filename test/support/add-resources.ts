import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ResourceDefinition } from '../../generators/resource/definition.ts';
import { parseResource } from '../../generators/resource/language/parse-resource.ts';
import { withResource } from '../../generators/resource/render-resource.ts';
import type { RenderedFile } from '../../lib/files/render-folder.ts';

/** Defines a resource by its fields; `number` orders the migrations. */
export function defineResource(
  name: string,
  number: number,
  texts: readonly string[],
): ResourceDefinition {
  const createdAt = String(20_260_201_000_000 + number);
  const parsed = parseResource({ name, createdAt }, texts);
  if ('definition' in parsed) return parsed.definition;
  throw new Error(JSON.stringify(parsed.problems, undefined, 2));
}

/** Adds resources to a made service. Its files are not formatted. */
export function addResources(folder: string, definitions: readonly ResourceDefinition[]): void {
  const shared = ['src/dependency-container.ts', 'src/routes.ts', ...schemasOf(folder)].map(
    (path): RenderedFile => ({ path, contents: readFileSync(join(folder, path)) }),
  );
  const files = definitions.reduce((all, each) => withResource(all, each), shared);
  for (const { path, contents } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contents);
  }
}

function schemasOf(folder: string): string[] {
  return readdirSync(join(folder, 'prisma', 'schema')).map((name) => `prisma/schema/${name}`);
}
