import { setTimeout } from 'node:timers/promises';
import { WriteConflictException } from './database-errors.ts';

const ATTEMPTS = 5;
const FIRST_DELAY_MS = 10;

/**
 * Runs something again, a few times, while it fails because others changed the same at the same
 * time. It must have left nothing behind when it fails: a single statement or a whole transaction.
 *
 * @throws {WriteConflictException} when it conflicts again and again
 */
export async function retryWriteConflicts<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof WriteConflictException) || attempt === ATTEMPTS) throw error;
    }
    // By chance, so that those that met once do not meet again.
    await setTimeout(Math.random() * FIRST_DELAY_MS * 2 ** attempt);
  }
}
