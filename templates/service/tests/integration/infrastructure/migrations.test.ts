import { cp } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createPrismaProject, runPrisma, serviceFolder } from '../../support/prisma-project.ts';
import { createEmptyDatabase } from '../../support/test-database.ts';

const COMPARE =
  'migrate diff --from-migrations prisma/migrations --to-schema prisma/schema --exit-code';

it('has migrations that add up to the schema', async () => {
  const { output, status } = await runPrisma(serviceFolder, COMPARE);

  expect(output).toContain('No difference detected');
  expect(status).toBe(0);
});

it('would notice a model that no migration makes', async () => {
  const project = await createPrismaProject();
  onTestFinished(project.remove);
  await cp(path.join(serviceFolder, 'prisma'), path.join(project.folder, 'prisma'), {
    recursive: true,
  });
  await project.write('schema/forgotten.prisma', 'model Forgotten {\n  id Int @id\n}\n');
  const shadow = await createEmptyDatabase();
  onTestFinished(() => shadow.close());

  const { output, status } = await project.prisma(COMPARE, { SHADOW_DATABASE_URL: shadow.url });

  expect(output).toContain('[+] Added tables\n  - Forgotten');
  expect(status).toBe(2);
});
