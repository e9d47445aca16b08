import { describe, expect, inject, it, onTestFinished } from 'vitest';
import {
  applied,
  BLOCKED_MIGRATION,
  createDeployment,
  isInMaintenance,
  tables,
  until,
} from '../support/deployment.ts';
import { query } from '../support/query.ts';
import { createEmptyDatabase } from '../support/test-database.ts';

const FINISHED = `SELECT 1 FROM _prisma_migrations WHERE migration_name = '3_a' AND finished_at IS NOT NULL`;

describe('migrate-in-window', () => {
  it('applies migrations through DIRECT_DATABASE_URL', async () => {
    const service = await createDeployment();
    const direct = await createEmptyDatabase();
    onTestFinished(() => direct.close());
    const command = service.start(['migrate-in-window'], { DIRECT_DATABASE_URL: direct.url });

    expect(await command.exit).toBe(0);
    expect(await query(direct.url, 'SELECT maintenance FROM service_context')).toEqual([
      { maintenance: false },
    ]);
  });

  it('closes a window that a killed run left open', async () => {
    const service = await createDeployment();
    await service.write('3_a', 'CREATE TABLE a ();', 'DROP TABLE a;');
    const killed = service.start(['migrate-in-window'], { HANDLER_TIMEOUT_MS: '60000' });
    await until(() => killed.output().includes('Waiting 60550 ms'));
    killed.signal('SIGKILL');
    await killed.exit;
    expect(await isInMaintenance(service)).toBe(true);

    const { status, output } = await service.manage(['migrate-in-window']);

    expect({ status, output }).toMatchObject({ status: 0 });
    expect(output).toContain('The maintenance window was left open by a migrate-in-window');
    expect(await tables(service, 'a')).toEqual(['a']);
    expect(await isInMaintenance(service)).toBe(false);
  });

  it('closes the window again on a signal before the migrations', async () => {
    const service = await createDeployment();
    await service.write('3_a', 'CREATE TABLE a ();', 'DROP TABLE a;');
    const command = service.start(['migrate-in-window'], { HANDLER_TIMEOUT_MS: '60000' });
    await until(() => command.output().includes('Waiting 60550 ms'));
    command.signal('SIGTERM');

    expect(await command.exit).toBe(143);
    expect(await tables(service, 'a')).toEqual([]);
    expect(await isInMaintenance(service)).toBe(false);
  });
});

// The embedded PostgreSQL has one session, in which locks do not conflict.
describe.skipIf(inject('testServer').kind === 'embedded')(
  'migrate-in-window on a database where another one is running (needs locks between sessions)',
  () => {
    it('refuses while the other one waits for requests in flight', async () => {
      const service = await createDeployment();
      await service.write('3_a', 'CREATE TABLE a ();');
      const first = service.start(['migrate-in-window'], { HANDLER_TIMEOUT_MS: '60000' });
      await until(() => first.output().includes('Waiting'));

      expect(await service.manage(['migrate-in-window'])).toEqual({
        status: 1,
        output: 'Another migrate-in-window is running on this database: nothing was done.\n',
      });
      first.signal('SIGTERM');
      expect(await first.exit).toBe(143);
    });

    it('refuses while a killed one is still being applied, and then reports what it found', async () => {
      const service = await createDeployment();
      const release = await service.block();
      await service.write('3_a', BLOCKED_MIGRATION);
      const first = service.start(['migrate-in-window']);
      await until(async () => (await applied(service)).length > 0);
      first.signal('SIGKILL');

      const { status, output } = await service.manage(['migrate-in-window']);
      expect({ status, output }).toMatchObject({ status: 1 });
      expect(output).toContain('Prisma is applying migrations to this database');

      await release();
      await until(async () => (await service.query(FINISHED)).length > 0);
      expect(await service.manage(['migrate-in-window'])).toEqual({
        status: 0,
        output: [
          'The maintenance window was left open by a migrate-in-window that did not finish.',
          'No pending migrations.',
          'The maintenance window is closed.',
          '',
        ].join('\n'),
      });
    });

    it('lets a migration finish when a signal arrives', async () => {
      const service = await createDeployment();
      const release = await service.block();
      await service.write('3_a', BLOCKED_MIGRATION);
      const command = service.start(['migrate-in-window']);
      await until(async () => (await applied(service)).length > 0);
      command.signal('SIGTERM');
      await until(() => command.output().includes('SIGTERM: stopping as soon as'));
      await release();

      expect(await command.exit).toBe(0);
      expect(await tables(service, 'a')).toEqual(['a']);
      expect(await isInMaintenance(service)).toBe(false);
    });
  },
);
