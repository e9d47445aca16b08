import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * Plants a program that runs a script instead, and gives the PATH on which it is found first. The
 * script finds the arguments in `args`, except when it is asked for its version.
 */
export function plantProgram(name: string, script: string): string {
  const folder = temporaryFolder();
  const program = join(folder, `${name}.cjs`);
  writeFileSync(
    program,
    `const args = process.argv.slice(2).join(' ');\nif (args === '--version') process.exit();\n${script}\n`,
  );
  writeFileSync(join(folder, name), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  writeFileSync(join(folder, `${name}.cmd`), `@"${process.execPath}" "${program}" %*\r\n`);
  chmodSync(join(folder, name), 0o755);
  return [folder, process.env.PATH].join(delimiter);
}

/** The same for npm, of which `npm ci` also installs an empty package for each that is to be there. */
export function plantNpm(script: string): string {
  return plantProgram('npm', `${INSTALL}\n${script}`);
}

const INSTALL = `
  if (args === 'ci') {
    const fs = require('fs');
    const { dependencies, devDependencies } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
    fs.mkdirSync('node_modules/.bin', { recursive: true });
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      fs.mkdirSync('node_modules/' + name, { recursive: true });
      fs.writeFileSync('node_modules/' + name + '/package.json', '{}');
    }
  }`;
