import { runPrisma, serviceFolder } from './run-prisma.ts';

/** Applies the migrations of the service to a database. */
export async function migrate(url: string): Promise<void> {
  const { status, output } = await runPrisma(serviceFolder, 'migrate deploy', {
    DATABASE_URL: url,
  });
  if (status !== 0) throw new Error(output);
}
