import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { serviceFolder } from '../../support/run-prisma.ts';

function read(file: string): string {
  return readFileSync(path.join(serviceFolder, file), 'utf8');
}

const workflow = read('.github/workflows/ci.yml');

/** What a pattern's group matches in the workflow. */
function matches(pattern: RegExp): string[] {
  return [...workflow.matchAll(pattern)].map(([, group = '']) => group);
}

describe('the workflow of GitHub', () => {
  it('runs scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: object };
    const run = matches(/npm run ([\w:]+)/g);

    expect(run).toEqual(expect.arrayContaining(['lint', 'build']));
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('pins every action by its commit, and says which version that is', () => {
    const uses = matches(/uses: (.+)/g);

    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v\d/.test(action))).toEqual([]);
  });

  it('may read the repository and nothing else', () => {
    expect(matches(/^permissions:\n((?: +.*\n)+)/gm)).toEqual(['  contents: read\n']);
    expect(matches(/(persist-credentials: false)/g)).toHaveLength(
      matches(/(uses: actions\/checkout)/g).length,
    );
  });
});
