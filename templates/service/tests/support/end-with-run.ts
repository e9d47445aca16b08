/*
 * A signal to Vitest alone leaves its workers running: without their run they would go on creating
 * databases. Vitest forbids process.exit in a worker. Files share a worker, so that this runs again.
 */
if (process.listenerCount('disconnect', endNow) === 0) process.once('disconnect', endNow);

function endNow(): void {
  process.kill(process.pid, 'SIGKILL');
}
