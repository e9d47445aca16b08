/**
 * Prisma's schema engine in WebAssembly, as a program that the Prisma CLI can start in place of the
 * native one, so that no command needs a download from outside the package registry:
 *
 *     schema-engine.mjs [--datasource JSON] [--datamodels FILE …]       answers JSON-RPC on stdin
 *     schema-engine.mjs --datasource JSON cli COMMAND                   see database-commands.ts
 *     schema-engine.mjs --version
 *
 * It writes nothing but JSON log records to stderr, one a line: the CLI parses them.
 */
import { parseArgs } from 'node:util';
import { runDatabaseCommand } from './database-commands.ts';
import { EngineSession } from './engine-session.ts';
import type { Datasource } from './shadow-database.ts';
import { serveJsonRpc } from './json-rpc.ts';
import { loadSchemaEngine } from './load-schema-engine.ts';
import { log } from './log.ts';

process.removeAllListeners('warning');
process.on('warning', ({ message }) => {
  log('WARN', { message });
});

const { values: options, positionals } = parseArgs({
  options: {
    datasource: { type: 'string', default: '{}' },
    datamodels: { type: 'string', multiple: true, default: [] },
    version: { type: 'boolean' },
    // The CLI passes these too; the engine in WebAssembly has no use for them.
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
  },
  allowPositionals: true,
});
const datasource = JSON.parse(options.datasource) as Datasource;

if (options.version) {
  const { version } = await loadSchemaEngine();
  console.log(`schema-engine-cli ${version()}`);
} else if (positionals[0] === 'cli') {
  process.exitCode = await runDatabaseCommand(positionals[1], datasource.url);
} else {
  const session = new EngineSession(datasource, options.datamodels);
  await serveJsonRpc(session);
  await session.close();
}
