import { escapeIdentifier } from 'pg';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

const NullableName = Type.Union([Type.String(), Type.Null()]);
const DataModel = Type.Object({
  models: Type.Record(Type.String(), Type.Object({ dbName: NullableName, schema: NullableName })),
});

/**
 * The tables in the Prisma schema, such as "public"."service_context". No public interface of the client tells
 * them; this throws if a new version keeps them elsewhere.
 */
export function tablesOfSchema(client: object, defaultSchema: string): string[] {
  const dataModel: unknown = Reflect.get(client, '_runtimeDataModel');
  // The type of Value.Parse takes TypeScript as long as the rest of the service.
  if (!Value.Check(DataModel, dataModel)) throw new Error('Unknown data model of the client');
  return Object.entries(dataModel.models).map(([model, { dbName, schema }]) =>
    [schema ?? defaultSchema, dbName ?? model].map(escapeIdentifier).join('.'),
  );
}
