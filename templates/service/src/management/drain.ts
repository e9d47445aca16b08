interface DrainSettings {
  server: { handlerTimeoutMs: number };
  database: { statementTimeoutMs: number };
  maintenance: { pollMs: number };
}

/**
 * Milliseconds from opening the window until no instance works on a request any more: one poll and
 * the longest request. A handler that timed out may still wait for the statement that it began.
 */
export function drainMilliseconds({ server, database, maintenance }: DrainSettings): number {
  return maintenance.pollMs + server.handlerTimeoutMs + database.statementTimeoutMs;
}
