#!/usr/bin/env node
import { exitStatus } from '../lib/errors/exit-status.ts';
import { printNotice } from '../lib/process/output.ts';
import { nodeVersionProblem } from '../lib/package-manager/node-version.ts';

const problem = nodeVersionProblem(process.versions.node);
if (problem === undefined) {
  // Loaded only now: an older Node.js could not read it.
  const { main } = await import('./main.ts');
  await main(process.argv.slice(2));
} else {
  printNotice(problem);
  process.exitCode = exitStatus.usage;
}
