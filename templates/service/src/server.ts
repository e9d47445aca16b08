import closeWithGrace from 'close-with-grace';
import { ConfigurationError, loadConfig } from './config.ts';
import { createApp } from './create-app.ts';
import { listen, ListenError } from './http/listen.ts';

try {
  await serve();
} catch (error) {
  const isExpected = error instanceof ConfigurationError || error instanceof ListenError;
  console.error(isExpected ? error.message : error);
  process.exit(1);
}

async function serve(): Promise<void> {
  const config = loadConfig(process.env);
  const app = await createApp(config);
  closeWithGrace({ delay: config.server.shutdownTimeoutMs, logger: app.log }, async ({ err }) => {
    if (err) app.log.fatal({ err }, 'the process crashed');
    await app.close();
  });
  await listen(app, config.server);
}
