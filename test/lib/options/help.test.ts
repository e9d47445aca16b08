import { describe, expect, it } from 'vitest';
import { helpText } from '../../../lib/options/help.ts';
import { optionUsage } from '../../../lib/options/option.ts';
import { appDefinition } from '../../../generators/app/definition.ts';
import { appOptions } from '../../support/app-options.ts';

const lines = helpText('npm create clean-flask-ts', appDefinition).split('\n');

describe('helpText', () => {
  it('starts with the usage', () => {
    expect(lines[0]).toBe('Usage: npm create clean-flask-ts [name] [options]');
  });

  it.each(Object.values(appOptions).map((option) => [optionUsage(option), option.help]))(
    'explains %s',
    (usage, help) => {
      const row = lines.find((line) => line.startsWith(`  ${usage} `));
      expect(row).toContain(help);
    },
  );

  it('names choices and defaults', () => {
    expect(lines.find((line) => line.includes('--features'))).toBe(
      '  --features <list>           Optional features, or none; allowed: docker, github-actions, azure-pipelines, kubernetes (default: docker,github-actions)',
    );
  });

  it('explains each exit status', () => {
    const statuses = lines.flatMap((line) => /^ {2,4}(\d+) {2}/.exec(line)?.[1] ?? []);
    expect(statuses).toEqual(['0', '1', '2', '3', '4', '5', '6', '10', '130']);
  });

  it('fits on a screen', () => {
    expect(lines.length).toBeLessThan(40);
  });
});
