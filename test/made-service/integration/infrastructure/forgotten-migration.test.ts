import { cp } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createPrismaProject } from '../../support/prisma-project.ts';
import { serviceFolder } from '../../support/run-prisma.ts';

it('a model without a migration is noticed', async () => {
  const project = await createPrismaProject();
  onTestFinished(project.remove);
  await cp(path.join(serviceFolder, 'prisma'), path.join(project.folder, 'prisma'), {
    recursive: true,
  });
  await project.write('schema/forgotten.prisma', 'model Forgotten {\n  id Int @id\n}\n');

  const { output, status } = await project.prisma(
    'migrate diff --from-migrations prisma/migrations --to-schema prisma/schema --exit-code',
  );

  expect(output).toContain('[+] Added tables\n  - Forgotten');
  expect(status).toBe(2);
});
