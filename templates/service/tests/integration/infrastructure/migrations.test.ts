import { expect, it, onTestFinished } from 'vitest';
import { runPrisma, serviceFolder } from '../../support/run-prisma.ts';
import { createTestDatabase } from '../../support/test-database.ts';

it('has migrations that add up to the schema', async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.close());

  const { output, status } = await runPrisma(
    serviceFolder,
    'migrate diff --from-config-datasource --to-schema prisma/schema --exit-code',
    { DATABASE_URL: database.url },
  );

  expect(output).toContain('No difference detected');
  expect(status).toBe(0);
});
