import net from 'node:net';

const HOST = '127.0.0.1';

/** A port that accepts connections at once, and serves them as soon as it is open. */
export interface Gate {
  readonly port: number;
  /** Passes all connections on to this port. */
  open(port: number): void;
  close(): Promise<void>;
}

/** Makes a gate on a free port. */
export async function makeGate(): Promise<Gate> {
  const sockets = new Set<net.Socket>();
  const { promise: target, resolve: open } = deferred<number>();
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    track(socket, sockets);
    void target.then((port) => {
      const upstream = track(net.connect(port, HOST), sockets);
      socket.setNoDelay();
      upstream.setNoDelay();
      join(socket, upstream);
      join(upstream, socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, HOST, resolve);
  });
  return {
    port: (server.address() as net.AddressInfo).port,
    open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function track(socket: net.Socket, sockets: Set<net.Socket>): net.Socket {
  sockets.add(socket);
  return socket.once('close', () => sockets.delete(socket));
}

/** Passes on what comes in, and ends the other side with this one. */
function join(from: net.Socket, to: net.Socket): void {
  // `close` follows, and its own side reports the error to whoever is connected.
  from.on('error', () => undefined);
  from.once('close', () => to.destroy());
  from.pipe(to);
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}
