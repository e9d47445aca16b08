import { expect, it } from 'vitest';
import { runPrisma, serviceFolder } from '../../support/run-prisma.ts';

it('has migrations that add up to the schema', async () => {
  const { output, status } = await runPrisma(
    serviceFolder,
    'migrate diff --from-migrations prisma/migrations --to-schema prisma/schema --exit-code',
  );

  expect(output).toContain('No difference detected');
  expect(status).toBe(0);
});
