import closeWithGrace from 'close-with-grace';
import { ConfigurationError, loadConfig } from './config.ts';
import { createApp } from './create-app.ts';

try {
  await serve();
} catch (error) {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exit(1);
}

async function serve(): Promise<void> {
  const config = loadConfig(process.env);
  const app = await createApp(config);
  closeWithGrace({ delay: config.SHUTDOWN_TIMEOUT_MS, logger: app.log }, async ({ err }) => {
    if (err) app.log.fatal({ err }, 'the process fails');
    await app.close();
  });
  await app.listen({ host: config.HOST, port: config.PORT });
}
