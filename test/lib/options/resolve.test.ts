import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveAnswers } from '../../../lib/options/resolve.ts';
import { GeneratorError } from '../../../lib/errors/generator-error.ts';
import { canonicalFlags } from '../../../lib/options/raw-options.ts';

function problemsOf(raw: Record<string, unknown>): { code: number; reason: string[] } {
  try {
    resolveAnswers(canonicalFlags(raw));
  } catch (error) {
    if (error instanceof GeneratorError) {
      return { code: error.code, reason: error.reason.split('\n') };
    }
    throw error;
  }
  throw new Error('It was accepted');
}

describe('resolveAnswers', () => {
  it('takes defaults for what is not given', () => {
    expect(resolveAnswers(new Map())).toEqual({
      name: 'my-service',
      description: 'A REST service built with Fastify, Prisma and PostgreSQL',
      prefix: '',
      port: 7000,
      packageManager: 'npm',
      features: ['docker', 'github-actions'],
      example: true,
      target: resolve('my-service'),
      git: true,
      skipInstall: false,
      skipCheck: false,
      onConflict: 'stop',
      resume: false,
      dryRun: false,
      json: false,
    });
  });

  it('refuses what makes no sense together', () => {
    expect(problemsOf({ resume: true, dryRun: true, skipInstall: true })).toEqual({
      code: 2,
      reason: [
        '--resume and --dry-run: resuming writes nothing that could be listed. Leave one out.',
        '--resume and --skip-install: resuming is about what follows the files. Leave one out.',
      ],
    });
  });

  it('takes what is given', () => {
    const flags = canonicalFlags({
      name: '../orders',
      description: 'Orders',
      prefix: 'shop/',
      port: '8080',
      packageManager: 'npm',
      features: 'kubernetes',
      noExample: true,
      noGit: true,
      skipInstall: 'true',
      skipCheck: true,
      onConflict: 'keep',
      dryRun: true,
      json: true,
      yes: true,
    });
    expect(resolveAnswers(flags)).toEqual({
      name: 'orders',
      description: 'Orders',
      prefix: '/shop',
      port: 8080,
      packageManager: 'npm',
      features: ['kubernetes'],
      example: false,
      target: resolve('../orders'),
      git: false,
      skipInstall: true,
      skipCheck: true,
      onConflict: 'keep',
      resume: false,
      dryRun: true,
      json: true,
    });
  });

  it('cannot be changed afterwards', () => {
    const answers = resolveAnswers(new Map());
    expect([answers, answers.features].map((value) => Object.isFrozen(value))).toEqual([
      true,
      true,
    ]);
  });

  it('tells all problems at once', () => {
    const raw = { name: 'con', port: 'x', noGit: 'maybe', features: 'helm', prot: 1, quux: true };
    expect(problemsOf(raw)).toEqual({
      code: 2,
      reason: [
        '--prot: there is no such option. Did you mean --port?',
        '--quux: there is no such option.',
        'name: "con" is reserved on Windows. Try con-service.',
        '--port: "x" is no port. Give a whole number from 1 to 65535.',
        '--features: has no "helm". Choose from docker, github-actions, azure-pipelines, kubernetes, or none.',
        '--no-git: takes no value, but was given "maybe". Write the name before it.',
      ],
    });
  });

  it('knows what a mistyped negation means, also from a door that turns it round', () => {
    expect(problemsOf({ 'no-exmple': true, gti: false }).reason).toEqual([
      '--no-exmple: there is no such option. Did you mean --no-example?',
      '--no-gti: there is no such option. Did you mean --no-git?',
    ]);
  });
});
