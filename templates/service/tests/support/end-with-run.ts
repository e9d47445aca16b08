/*
 * A signal to Vitest alone leaves its workers running: without their run they would go on creating
 * databases. Vitest forbids process.exit in a worker, and runs this again for each of its files.
 */
function endNow(): void {
  process.kill(process.pid, 'SIGKILL');
}

const isListening = process.listeners('disconnect').some(({ name }) => name === endNow.name);
if (!isListening) process.once('disconnect', endNow);
