import { describe, expect, it } from 'vitest';
import { GeneratorError } from '../../../lib/errors/generator-error.ts';
import { resolveOptions } from '../../../lib/options/resolve.ts';
import { appOptions, rawAppOptions } from '../../support/app-options.ts';

const resolved = (received: Record<string, unknown>) =>
  resolveOptions(appOptions, rawAppOptions(received));

function problemsOf(received: Record<string, unknown>): { code: number; reason: string[] } {
  try {
    resolved(received);
  } catch (error) {
    if (error instanceof GeneratorError) {
      return { code: error.code, reason: error.reason.split('\n') };
    }
    throw error;
  }
  throw new Error('They were accepted');
}

describe('resolveOptions', () => {
  it('gives omitted options their defaults', () => {
    expect(resolved({})).toEqual({
      directory: 'my-service',
      description: 'A REST service built with Fastify, Prisma and PostgreSQL',
      prefix: '',
      port: 7000,
      packageManager: 'npm',
      features: ['docker', 'github-actions'],
      example: true,
      git: true,
      skipInstall: false,
      skipCheck: false,
      onConflict: 'stop',
      resume: false,
      dryRun: false,
      json: false,
      answers: '',
      yes: false,
    });
  });

  it('parses the provided ones', () => {
    const received = {
      ...{ name: '../orders', description: 'Orders', prefix: 'shop/', port: '8080' },
      ...{ packageManager: 'npm', features: 'kubernetes', noExample: true, noGit: true },
      ...{ skipInstall: 'true', skipCheck: true, onConflict: 'keep', dryRun: true, json: true },
      yes: true,
    };
    expect(resolved(received)).toEqual({
      directory: '../orders',
      description: 'Orders',
      prefix: '/shop',
      port: 8080,
      packageManager: 'npm',
      features: ['kubernetes'],
      example: false,
      git: false,
      skipInstall: true,
      skipCheck: true,
      onConflict: 'keep',
      resume: false,
      dryRun: true,
      json: true,
      answers: '',
      yes: true,
    });
  });

  it('gives values that cannot be changed', () => {
    const values = resolved({ features: 'docker' });
    expect([values, values.features].map((value) => Object.isFrozen(value))).toEqual([true, true]);
  });

  it('refuses options that exclude each other', () => {
    expect(problemsOf({ resume: true, dryRun: true, skipInstall: true })).toEqual({
      code: 2,
      reason: [
        '--continue and --dry-run exclude each other: continuing writes no files that could be listed. Omit one.',
      ],
    });
  });

  it('reports all problems at once', () => {
    const raw = { name: 'con', port: 'x', noGit: 'maybe', features: 'helm', prot: 1, quux: true };
    expect(problemsOf(raw)).toEqual({
      code: 2,
      reason: [
        '--prot: unknown option. Did you mean --port?',
        '--quux: unknown option.',
        'name: "con" is reserved on Windows. Try con-service.',
        '--port: invalid port "x": expected an integer from 1 to 65535.',
        '--features: invalid value "helm" (allowed: docker, github-actions, azure-pipelines, kubernetes, or none).',
        '--no-git: unexpected value "maybe": expected none. Place a name before this option.',
      ],
    });
  });

  it('guesses what a mistyped negation means, also where an entry point inverts it', () => {
    expect(problemsOf({ 'no-exmple': true, gti: false }).reason).toEqual([
      '--no-exmple: unknown option. Did you mean --no-example?',
      '--no-gti: unknown option. Did you mean --no-git?',
    ]);
  });
});
