import { createServer } from 'node:net';
import Fastify from 'fastify';
import { expect, it, onTestFinished, vi } from 'vitest';
import { listen, ListenError } from '../../../src/http/listen.ts';

function startOn(host: string, port: number) {
  const app = Fastify();
  onTestFinished(() => app.close());
  return listen(app, { host, port });
}

it('names HOST when this machine does not have the address', async () => {
  const failure = startOn('192.0.2.1', 0);

  await expect(failure).rejects.toThrow(ListenError);
  await expect(failure).rejects.toThrow(
    /^Cannot listen with HOST=192\.0\.2\.1 \(EADDRNOTAVAIL\): /,
  );
});

it('names PORT when the port is in use', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };

  await expect(startOn('127.0.0.1', port)).rejects.toThrow(
    `Cannot listen with PORT=${port} (EADDRINUSE): the port is in use`,
  );
});

it.each([
  ['ENOTFOUND', 'HOST=x86_64-conda-linux-gnu'],
  ['EAI_AGAIN', 'HOST=x86_64-conda-linux-gnu'],
  ['EACCES', 'PORT=80'],
])('on %s names %s', async (code, setting) => {
  const app = Fastify();
  vi.spyOn(app, 'listen').mockRejectedValue(Object.assign(new Error('bare'), { code }));

  await expect(listen(app, { host: 'x86_64-conda-linux-gnu', port: 80 })).rejects.toThrow(
    `Cannot listen with ${setting} (${code}): `,
  );
});

it('passes on other errors', async () => {
  const app = Fastify();
  vi.spyOn(app, 'listen').mockRejectedValue(new Error('a bug'));

  await expect(listen(app, { host: 'localhost', port: 0 })).rejects.toThrow('a bug');
});
