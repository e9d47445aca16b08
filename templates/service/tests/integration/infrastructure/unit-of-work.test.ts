import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { useTestApp } from '../../support/test-app.ts';

const app = useTestApp();

function cradle() {
  return app().container.cradle;
}

async function write(text: string): Promise<void> {
  await cradle().database.client.$executeRaw`INSERT INTO _note VALUES (${text})`;
}

function notes(): Promise<unknown> {
  return cradle().database.client.$queryRaw`SELECT text FROM _note ORDER BY text`;
}

// A name that no entity's table can have.
beforeAll(async () => {
  await cradle().database.client.$executeRaw`CREATE TABLE _note (text TEXT NOT NULL)`;
});

beforeEach(async () => {
  await cradle().database.client.$executeRaw`TRUNCATE _note`;
});

describe('a unit of work', () => {
  it('keeps everything when it succeeds, and gives its result', async () => {
    const result = await cradle().unitOfWork.run(async () => {
      await write('a');
      await write('b');
      return 'done';
    });

    expect(result).toBe('done');
    expect(await notes()).toEqual([{ text: 'a' }, { text: 'b' }]);
  });

  it('undoes everything when it fails', async () => {
    const run = cradle().unitOfWork.run(async () => {
      await write('a');
      await write('b');
      throw new Error('too late');
    });

    await expect(run).rejects.toThrow('too late');
    expect(await notes()).toEqual([]);
  });

  it('takes part in one that it runs in', async () => {
    const run = cradle().unitOfWork.run(async () => {
      await cradle().unitOfWork.run(() => write('inner'));
      throw new Error('too late');
    });

    await expect(run).rejects.toThrow('too late');
    expect(await notes()).toEqual([]);
  });

  it.skipIf(inject('testServer').kind === 'embedded')(
    'runs again when another one changed what it read (the embedded PostgreSQL runs one at a time)',
    async () => {
      await write('0');
      let readers = 0;
      let goOn: () => void = () => undefined;
      const bothHaveRead = new Promise<void>((resolve) => (goOn = resolve));
      const increment = () =>
        cradle().unitOfWork.run(async () => {
          const [row] = await cradle().database.client.$queryRaw<{ text: string }[]>`
            SELECT text FROM _note`;
          readers += 1;
          if (readers === 2) goOn();
          await bothHaveRead;
          await cradle().database.client.$executeRaw`
            UPDATE _note SET text = ${String(Number(row?.text) + 1)}`;
        });
      await Promise.all([increment(), increment()]);

      expect(await notes()).toEqual([{ text: '2' }]);
      expect(readers).toBe(3);
    },
  );

  it('leaves alone what is written outside of it', async () => {
    await write('before');
    await expect(cradle().unitOfWork.run(() => Promise.reject(new Error('no')))).rejects.toThrow();
    await write('after');

    expect(await notes()).toEqual([{ text: 'after' }, { text: 'before' }]);
  });
});
