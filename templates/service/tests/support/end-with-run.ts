/*
 * A signal to Vitest alone leaves its workers running: without their run they would go on making
 * databases that nobody removes. Vitest forbids process.exit in a worker.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
