import type { Dependencies } from '../dependency-container.ts';
import { EXIT } from './command.ts';

export async function migrateInWindow(_: Dependencies): Promise<number> {
  return EXIT.done;
}
