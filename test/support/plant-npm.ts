import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * Plants an `npm` that runs a script instead, and gives the PATH on which it is found first. The
 * script finds the arguments in `args`, except when it is asked for its version.
 */
export function plantNpm(script: string): string {
  const folder = temporaryFolder();
  const program = join(folder, 'npm.cjs');
  writeFileSync(
    program,
    `const args = process.argv.slice(2).join(' ');\nif (args === '--version') process.exit();\n${script}\n`,
  );
  writeFileSync(join(folder, 'npm'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  writeFileSync(join(folder, 'npm.cmd'), `@"${process.execPath}" "${program}" %*\r\n`);
  chmodSync(join(folder, 'npm'), 0o755);
  return [folder, process.env.PATH].join(delimiter);
}
