import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sendHalfARequest, type ServerProcess, startServer } from '../support/programs.ts';
import { useTestApp } from '../support/test-app.ts';
import { createTestDatabase } from '../support/test-database.ts';

async function start(): Promise<ServerProcess> {
  const database = await createTestDatabase();
  onTestFinished(() => database.close());
  const server = await startServer({ DATABASE_URL: database.url });
  onTestFinished(() => server.kill());
  return server;
}

// Windows has no signals: a process is ended at once.
describe.skipIf(process.platform === 'win32')('on SIGTERM the server', () => {
  it('finishes the request in flight and takes no other', async () => {
    const running = await start();
    const { sendTheRest, answer } = await sendHalfARequest(running);
    running.signal('SIGTERM');
    const isReachable = () => fetch(running.url).then(Boolean, () => false);
    await expect.poll(isReachable).toBe(false);
    sendTheRest();

    expect(await answer).toMatch(/^HTTP\/1.1 404 Not Found\r\n[^]*"There is no POST \/unknown"}$/);
    expect(await running.exit).toBe(0);
  });
});

describe('while the service closes', () => {
  const app = useTestApp();

  it('what was begun still has the database, and nothing else is begun', async () => {
    let begun = 0;
    let goOn: () => void = () => undefined;
    const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
    app().get('/work', async () => {
      begun += 1;
      await mayGoOn;
      await app().container.cradle.database.checkReadiness();
      return { done: true };
    });
    await app().listen({ host: '127.0.0.1', port: 0 });
    const socket = connect((app().server.address() as AddressInfo).port, '127.0.0.1');
    const answers = text(socket);
    const ask = async () => {
      socket.write('GET /work HTTP/1.1\r\nHost: test\r\n\r\n');
      await once(app().server, 'request');
    };
    await ask();
    const closed = app().close();
    await ask();
    goOn();
    await closed;

    expect(await answers).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*{"done":true}$/);
    expect(begun).toBe(1);
  });
});
