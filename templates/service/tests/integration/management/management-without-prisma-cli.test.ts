import { expect, it, vi } from 'vitest';
import { runManagement } from '../../../src/management/run-management.ts';

vi.mock('../../../src/infrastructure/databases/prisma-cli.ts', () => ({
  findPrismaCli: () => undefined,
}));

it('migrate-in-window says where it can be run when the Prisma CLI is not installed', async () => {
  const error = vi.spyOn(console, 'error').mockReturnValue();

  const status = await runManagement(['migrate-in-window'], {
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  });

  expect(status).toBe(1);
  expect(error.mock.calls).toEqual([
    [expect.stringMatching(/^The Prisma CLI is not installed here\. .+--target migrate/)],
  ]);
});
