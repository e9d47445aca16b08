import { defineConfig } from 'prisma/config';
import { useSchemaEngine } from './tools/prisma.mjs';

useSchemaEngine();

// The CLI would ask for newer versions and report which commands are used.
process.env.CHECKPOINT_DISABLE ??= '1';
process.env.PRISMA_HIDE_UPDATE_MESSAGE ??= '1';

// Commands that use no database, such as `generate`, need no URL.
const { DATABASE_URL, DIRECT_DATABASE_URL, SHADOW_DATABASE_URL: shadowDatabaseUrl } = process.env;
const url = DIRECT_DATABASE_URL || DATABASE_URL;

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { ...(url && { url }), ...(shadowDatabaseUrl && { shadowDatabaseUrl }) },
});
