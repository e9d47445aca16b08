import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { sendHalfARequest, type ServerProcess, startServer } from '../support/programs.ts';
import { createTestDatabase } from '../support/test-database.ts';

const DATABASE_URL = 'postgresql://nobody@127.0.0.1:1/none';

let server: ServerProcess | undefined;

afterEach(() => server?.kill());

async function start(environment: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  server = await startServer({ DATABASE_URL, ...environment });
  return server;
}

// Windows has no signals: a process is ended at once.
describe.skipIf(process.platform === 'win32')('on SIGTERM the server', () => {
  it('ends with 0 when there is nothing to finish', async () => {
    const running = await start();
    running.signal('SIGTERM');

    expect(await running.exit).toBe(0);
  });

  it('gives up, with a status other than 0, what is not finished in time', async () => {
    const database = await createTestDatabase();
    onTestFinished(() => database.close());
    const running = await start({ DATABASE_URL: database.url, SHUTDOWN_TIMEOUT_MS: '200' });
    await sendHalfARequest(running);
    running.signal('SIGTERM');

    expect(await running.exit).toBe(1);
  });
});

it('a server that cannot listen says so and ends with 1', async () => {
  const { port } = new URL((await start()).url);

  await expect(startServer({ DATABASE_URL, PORT: port })).rejects.toThrow('EADDRINUSE');
});
