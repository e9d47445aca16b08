import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigurationError, Environment, loadConfig } from '../../src/config.ts';

const DATABASE_URL = 'postgresql://user:secret@localhost:5432/service';

function problemsOf(environment: NodeJS.ProcessEnv): string {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return 'none';
}

describe('loadConfig', () => {
  it('needs only DATABASE_URL', () => {
    expect(loadConfig({ DATABASE_URL })).toMatchObject({
      database: { url: DATABASE_URL, schema: 'public' },
      server: { host: 'localhost', trustedProxies: [], corsOrigins: [] },
    });
  });

  it('reads numbers', () => {
    expect(loadConfig({ DATABASE_URL, PORT: '8080' }).server.port).toBe(8080);
  });

  it('reads the schema from the connection string', () => {
    const config = loadConfig({ DATABASE_URL: `${DATABASE_URL}?schema=app&sslmode=disable` });

    expect(config.database.schema).toBe('app');
  });

  it('migrates through DIRECT_DATABASE_URL, if it is set', () => {
    const direct = 'postgresql://owner:secret@db.example.com/service';

    expect(loadConfig({ DATABASE_URL }).database.directUrl).toBe(DATABASE_URL);
    expect(loadConfig({ DATABASE_URL, DIRECT_DATABASE_URL: direct }).database).toMatchObject({
      url: DATABASE_URL,
      directUrl: direct,
    });
  });

  it('refuses a DIRECT_DATABASE_URL that is invalid or names another schema', () => {
    const direct = (url: string) => problemsOf({ DATABASE_URL, DIRECT_DATABASE_URL: url });

    expect(direct('mysql://secret')).toMatch(/: DIRECT_DATABASE_URL must be postgresql:/);
    expect(direct(`${DATABASE_URL}?schema=app`)).toBe(
      'Invalid environment variables: DIRECT_DATABASE_URL must name the same schema as DATABASE_URL: ' +
        '?schema=public (got "app")',
    );
    expect(direct(`${DATABASE_URL}?schema=public`)).toBe('none');
  });

  it('treats an empty variable as unset', () => {
    expect(loadConfig({ DATABASE_URL, LOG_LEVEL: '' }).log.level).toBe('info');
    expect(problemsOf({ DATABASE_URL: '' })).toContain('DATABASE_URL is required');
  });

  it('splits lists', () => {
    const CORS_ORIGINS = 'https://example.com,http://localhost:5173,http://[::1]:3000';
    const TRUST_PROXY = '127.0.0.1,10.0.0.0/8,fd00::/8,uniquelocal';

    expect(loadConfig({ DATABASE_URL, CORS_ORIGINS, TRUST_PROXY }).server).toMatchObject({
      corsOrigins: ['https://example.com', 'http://localhost:5173', 'http://[::1]:3000'],
      trustedProxies: ['127.0.0.1', '10.0.0.0/8', 'fd00::/8', 'uniquelocal'],
    });
  });

  it.each([
    'postgres://localhost/service',
    'postgresql://user:p%23%2F%25@db.example.com:5432/service?schema=app',
    'postgresql://user:a@b@localhost/service',
    'postgresql://user:secret@/service?host=/var/run/postgresql',
  ])('accepts the connection string %s', (url) => {
    expect(loadConfig({ DATABASE_URL: url }).database.url).toBe(url);
  });

  it.each([
    ['has another scheme', 'mysql://user:secret@localhost/service'],
    ['has a raw # in its password', 'postgresql://user:12#secret@localhost/service'],
    ['was cut off at a raw #', 'postgresql://user:secret'],
    ['has a raw / in its password', 'postgresql://user:12/secret@localhost/service'],
    ['has a raw ? in its password', 'postgresql://user:12?secret@localhost/service'],
    ['has a raw % in its password', 'postgresql://user:secret%zz@localhost/service'],
    ['has no host', 'postgresql:///service'],
    ['has a user but no host', 'postgresql://secret@/service'],
    ['has a port out of range', 'postgresql://user:secret@localhost:65536/service'],
  ])('refuses a connection string that %s, without showing it', (_title, url) => {
    const problems = problemsOf({ DATABASE_URL: url });

    expect(problems).toMatch(
      /^Invalid environment variables: DATABASE_URL must be postgresql:.+ "#" is %23 \(in \.env, an unquoted # starts a comment\)$/,
    );
    expect(problems).not.toContain('secret');
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '0x50'],
    ['PORT', '1e3'],
    ['PORT', ' 80'],
    ['PORT', '+80'],
    ['PORT', '80.0'],
    ['DATABASE_POOL_SIZE', '0'],
    ['LOG_LEVEL', 'loud'],
    ['SERVICE_PREFIX', 'example'],
    ['SERVICE_PREFIX', '/example/'],
    ['SERVICE_PREFIX', '/a/../b'],
    ['SERVICE_PREFIX', '/.'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'https://*.example.com'],
    ['CORS_ORIGINS', 'example.com'],
    ['CORS_ORIGINS', 'https://example.com/'],
    ['CORS_ORIGINS', 'https://example.com:443'],
    ['CORS_ORIGINS', 'https://a.example.com,,'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '1'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', '::/0'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', 'loopback,example.com'],
  ])('refuses %s=%s', (name, value) => {
    const problems = problemsOf({ DATABASE_URL, [name]: value });

    expect(problems).toMatch(new RegExp(`^Invalid environment variables: ${name} must be [^;]+$`));
    expect(problems).toContain(`(got ${JSON.stringify(value)})`);
  });

  it('reports all problems together, and no secret', () => {
    expect(
      problemsOf({ PORT: '65536', LOG_LEVEL: 'loud', SERVICE_CONTEXT_TOKEN: 'a secret' }),
    ).toBe(
      'Invalid environment variables: DATABASE_URL is required; ' +
        'PORT must be an integer from 0 to 65535 (got "65536"); ' +
        'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent (got "loud"); ' +
        'SERVICE_CONTEXT_TOKEN must be 16 or more of the characters A-Z a-z 0-9 . _ ~ + / -',
    );
  });
});

interface Documented {
  default?: string | number;
  description?: string;
}

const EXAMPLE_URL = 'postgresql://postgres:postgres@localhost:5432/postgres';
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
      const example = name === 'DATABASE_URL' ? EXAMPLE_URL : (value ?? '');
      return `# ${String(description)}\n# ${name}=${example}`;
    }),
  );
});

it('.env.example changes nothing when it is copied', () => {
  expect(parseEnv(read('.env.example'))).toEqual({});
});
