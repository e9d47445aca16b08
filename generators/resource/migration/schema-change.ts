import type { RenderedFile } from '../../../lib/files/render-folder.ts';
import type { ResourceDefinition } from '../definition.ts';

/** A change of the resources of a service, from which a migration is made. */
export interface SchemaChange extends DefinitionChange {
  /** The service, whose dependencies are installed: an absolute path. */
  readonly directory: string;
  /** All files of its Prisma schema. */
  readonly before: readonly RenderedFile[];
  readonly after: readonly RenderedFile[];
}

/** A change of definitions. A resource with the same name on both sides is a changed one. */
export interface DefinitionChange {
  readonly oldResources: readonly ResourceDefinition[];
  readonly newResources: readonly ResourceDefinition[];
  readonly renames: Renames;
}

/** The renamed fields of each resource: the new name by the old one. */
export type Renames = ReadonlyMap<string, RenamedFields>;
export type RenamedFields = ReadonlyMap<string, string>;
