import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { type ServerProcess, startServer } from '../support/programs.ts';

const DATABASE_URL = 'postgresql://nobody@127.0.0.1:1/none';
const HEAD = [
  'POST /unknown HTTP/1.1',
  'Host: test',
  'Content-Type: application/json',
  'Content-Length: 9',
  'Expect: 100-continue',
  '\r\n',
].join('\r\n');

let server: ServerProcess | undefined;

afterEach(() => server?.kill());

async function start(environment: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  server = await startServer({ DATABASE_URL, ...environment });
  return server;
}

/** A request that the server works on until the rest of its body arrives. */
async function sendHalfARequest({ url }: ServerProcess) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(HEAD);
  await once(socket, 'data'); // "100 Continue": the server waits for the body
  socket.write('{"a"');
  return { sendTheRest: () => socket.write(': 1}\n'), answer: text(socket) };
}

// Windows has no signals: a process is ended at once.
describe.skipIf(process.platform === 'win32')('on SIGTERM the server', () => {
  it('ends with 0 when there is nothing to finish', async () => {
    const running = await start();
    running.signal('SIGTERM');

    expect(await running.exit).toBe(0);
  });

  it('gives up, with a status other than 0, what is not finished in time', async () => {
    const running = await start({ SHUTDOWN_TIMEOUT_MS: '200' });
    await sendHalfARequest(running);
    running.signal('SIGTERM');

    expect(await running.exit).toBe(1);
  });
});

it('a server that cannot listen says so and ends with 1', async () => {
  const { port } = new URL((await start()).url);

  await expect(startServer({ DATABASE_URL, PORT: port })).rejects.toThrow('EADDRINUSE');
});
