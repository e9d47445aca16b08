import { describe, expect, it } from 'vitest';
import { ConfigurationError, loadConfig } from '../../src/config.ts';

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
  it('needs nothing but DATABASE_URL', () => {
    expect(loadConfig({ DATABASE_URL })).toMatchObject({ DATABASE_URL, HOST: 'localhost' });
  });

  it('reads numbers and is frozen', () => {
    const config = loadConfig({ DATABASE_URL, PORT: '8080' });

    expect(config.PORT).toBe(8080);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes an empty variable for an unset one', () => {
    expect(loadConfig({ DATABASE_URL, LOG_LEVEL: '' }).LOG_LEVEL).toBe('info');
    expect(problemsOf({ DATABASE_URL: '' })).toContain('DATABASE_URL is required');
  });

  it.each([
    { CORS_ORIGINS: 'https://example.com,http://localhost:5173,http://[::1]:3000' },
    { TRUST_PROXY: '127.0.0.1,10.0.0.0/8,fd00::/8,uniquelocal' },
  ])('takes %j', (environment) => {
    expect(loadConfig({ DATABASE_URL, ...environment })).toMatchObject(environment);
  });

  it.each([
    [{ DATABASE_URL: 'mysql://user:secret@localhost/service' }, 'DATABASE_URL'],
    [{ DATABASE_URL, PORT: 'http' }, 'PORT'],
    [{ DATABASE_URL, PORT: '65536' }, 'PORT'],
    [{ DATABASE_URL, LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ DATABASE_URL, SERVICE_PREFIX: 'example' }, 'SERVICE_PREFIX'],
    [{ DATABASE_URL, SERVICE_PREFIX: '/example/' }, 'SERVICE_PREFIX'],
    [{ DATABASE_URL, CORS_ORIGINS: '*' }, 'CORS_ORIGINS'],
    [{ DATABASE_URL, CORS_ORIGINS: 'https://*.example.com' }, 'CORS_ORIGINS'],
    [{ DATABASE_URL, CORS_ORIGINS: 'example.com' }, 'CORS_ORIGINS'],
    [{ DATABASE_URL, CORS_ORIGINS: 'https://example.com/' }, 'CORS_ORIGINS'],
    [{ DATABASE_URL, CORS_ORIGINS: 'https://example.com:443' }, 'CORS_ORIGINS'],
    [{ DATABASE_URL, CORS_ORIGINS: 'https://a.example.com,,' }, 'CORS_ORIGINS'],
    [{ DATABASE_URL, TRUST_PROXY: 'true' }, 'TRUST_PROXY'],
    [{ DATABASE_URL, TRUST_PROXY: '1' }, 'TRUST_PROXY'],
    [{ DATABASE_URL, TRUST_PROXY: '10.0.0.0/33' }, 'TRUST_PROXY'],
    [{ DATABASE_URL, TRUST_PROXY: 'loopback,example.com' }, 'TRUST_PROXY'],
  ])('refuses %j by the name of the variable', (environment, name) => {
    expect(problemsOf(environment)).toMatch(
      new RegExp(`^The environment is not acceptable: ${name} [^;]+$`),
    );
  });

  it('reports all problems together, without any value', () => {
    const problems = problemsOf({ DATABASE_URL: 'secret', PORT: 'secret', LOG_LEVEL: 'secret' });

    expect(problems).toContain('DATABASE_URL');
    expect(problems).toContain('PORT');
    expect(problems).toContain('LOG_LEVEL');
    expect(problems).not.toContain('secret');
  });
});
