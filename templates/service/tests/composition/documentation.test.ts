import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Environment } from '../../src/config.ts';

interface Documented {
  default?: string | number;
  description?: string;
}

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

it('the README describes every variable of the environment, and no other', () => {
  const rows = Object.entries(Environment.properties).map(([name, schema]) => {
    const { default: value, description } = schema as Documented;
    return `| \`${name}\` | ${value === undefined ? 'required' : String(value) || 'none'} | ${String(description)} |`;
  });

  expect(readme.split('\n').filter((line) => /^\| `[A-Z_]+` \|/.test(line))).toEqual(rows);
});
