import { runManagement } from './management/run-management.ts';

// A command goes on to its end when nobody reads its output any more, as after `head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await runManagement(process.argv.slice(2), process.env);
