import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { Environment } from '../../src/config.ts';

interface Documented {
  default?: string | number;
  description?: string;
}

const DATABASE_URL = 'postgresql://postgres:postgres@localhost:5432/postgres';
const variables = Object.entries(Environment.properties).map(([name, schema]) => ({
  name,
  ...(schema as Documented),
}));

function read(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
}

it('the README describes every variable of the environment, and no other', () => {
  const rows = variables.map(({ name, default: value, description }) => {
    const meaning = value === undefined ? 'required' : String(value) || 'none';
    return `| \`${name}\` | ${meaning} | ${String(description)} |`;
  });

  expect(
    read('README.md')
      .split('\n')
      .filter((line) => /^\| `[A-Z_]+` \|/.test(line)),
  ).toEqual(rows);
});

it('.env.example describes every variable of the environment, and no other', () => {
  const [, ...paragraphs] = read('.env.example').trimEnd().split('\n\n');

  expect(paragraphs).toEqual(
    variables.map(({ name, default: value, description }) => {
      const example = name === 'DATABASE_URL' ? DATABASE_URL : (value ?? '');
      return `# ${String(description)}\n# ${name}=${example}`;
    }),
  );
});

it('.env.example changes nothing when it is copied', () => {
  expect(parseEnv(read('.env.example'))).toEqual({});
});
