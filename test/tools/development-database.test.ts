import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDevelopmentDatabase } from '../../tools/database/development-database.ts';

vi.setConfig({ testTimeout: 240_000 });

const NO_PROCESS = 2 ** 22 + 1; // more than any system hands out

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

describe('openDevelopmentDatabase', () => {
  let folder: string; // one for all tests: creating a database takes seconds
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'development-database-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('keeps what was stored, and releases the folder when it is closed', async () => {
    const first = await openDevelopmentDatabase(folder);
    expect(first.isNew).toBe(true);
    await query(first.url, 'CREATE TABLE note AS SELECT 1 AS id');
    await first.close();
    expect(existsSync(join(folder, 'owner'))).toBe(false);

    const second = await openDevelopmentDatabase(folder);
    expect(second.isNew).toBe(false);
    expect(await query(second.url, 'SELECT id FROM note')).toEqual([{ id: 1 }]);
    await second.close();
  });

  it('is shared while it is open', async () => {
    const owner = await openDevelopmentDatabase(folder);
    const guest = await openDevelopmentDatabase(folder);

    expect(guest.url).toBe(owner.url);
    await guest.close();
    expect(await query(owner.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await owner.close();
  });

  it('takes the folder over from an owner that died', async () => {
    await writeFile(join(folder, 'owner'), `${NO_PROCESS} 1`);

    const database = await openDevelopmentDatabase(folder);
    expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.close();
  });

  it('lets others wait until it is prepared', async () => {
    const events: string[] = [];
    const database = await openDevelopmentDatabase(folder, async (url) => {
      await query(url, 'SELECT pg_sleep(0.2)');
      events.push('prepared');
    });
    await query(database.url, 'SELECT 1');
    events.push('answered');

    expect(events).toEqual(['prepared', 'answered']);
    await database.close();
  });

  it('is closed and released if it cannot be prepared', async () => {
    const database = await openDevelopmentDatabase(folder, () =>
      Promise.reject(new Error('no migration')),
    );

    await expect(database.ready).rejects.toThrow('no migration');
    await database.close();
    expect(existsSync(join(folder, 'owner'))).toBe(false);
  });

  it('can be closed while it opens', async () => {
    const database = await openDevelopmentDatabase(folder);
    await database.close();

    expect(existsSync(join(folder, 'owner'))).toBe(false);
  });
});
