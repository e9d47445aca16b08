import { runManagement } from './management/run-management.ts';

// A command continues when its output is closed, for example by `head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await runManagement(process.argv.slice(2), process.env);
