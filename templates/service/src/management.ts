import { runManagement } from './management/run-management.ts';

process.exitCode = await runManagement(process.argv.slice(2), process.env);
