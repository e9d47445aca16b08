/**
 * Ends the process that imports this when its input ends: the test that started it closes the input,
 * or is gone, however it ended.
 */
process.stdin.once('end', () => process.kill(process.pid, 'SIGKILL')).resume();
process.stdin.unref(); // reading keeps no program from its end
