import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename } from 'node:path';
import { npmRegistry } from './npm-script.ts';

/** A packed version of a package. */
export interface Tarball {
  readonly version: string;
  readonly file: string;
}

/**
 * Starts a registry that has some versions of a package, and sends for all others to the one that npm
 * is configured with.
 */
export async function startRegistry(name: string, tarballs: readonly Tarball[]) {
  const upstream = new URL(await npmRegistry());
  const server = createServer(({ url = '/' }, response) => {
    const tarball = tarballs.find(({ file }) => url === `/${basename(file)}`);
    if (tarball !== undefined) {
      response.end(readFileSync(tarball.file));
    } else if (url === `/${name}`) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(packument(name, tarballs, address())));
    } else {
      response.writeHead(302, { location: new URL(url.slice(1), upstream).href }).end();
    }
  });
  const address = () => {
    const bound = server.address();
    return `http://127.0.0.1:${bound !== null && typeof bound === 'object' ? bound.port : 0}/`;
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: address(), stop: () => server.close() };
}

function packument(name: string, tarballs: readonly Tarball[], registry: string) {
  const versions = tarballs.map(({ version, file }) => {
    const hash = createHash('sha512').update(readFileSync(file)).digest('base64');
    const dist = { tarball: `${registry}${basename(file)}`, integrity: `sha512-${hash}` };
    return [version, { name, version, bin: 'create/cli.js', dist }] as const;
  });
  const latest = versions.at(-1)?.[0];
  return { name, 'dist-tags': { latest }, versions: Object.fromEntries(versions) };
}
