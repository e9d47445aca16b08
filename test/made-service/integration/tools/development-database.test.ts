import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDevelopmentDatabase } from '../../../scripts/development-database.mjs';

const NO_PROCESS = 2 ** 22 + 1; // more than any system hands out

describe('openDevelopmentDatabase', () => {
  let folder: string; // one for all tests: making a database takes seconds
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'development-database-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function query(url: string, sql: string): Promise<unknown[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(sql);
    await client.end();
    return rows;
  }

  it('keeps what was stored, and gives the folder free when it is closed', async () => {
    const first = await openDevelopmentDatabase(folder);
    await query(first.url, 'CREATE TABLE note AS SELECT 1 AS id');
    await first.close();
    expect(existsSync(path.join(folder, 'owner'))).toBe(false);

    const second = await openDevelopmentDatabase(folder);
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
    await writeFile(path.join(folder, 'owner'), `${NO_PROCESS} 1`);

    const database = await openDevelopmentDatabase(folder);
    expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.close();
  });
});
