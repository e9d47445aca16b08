import { check, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { featureNames } from '../../../generators/app/options.ts';
import {
  packageManagerNames,
  packageManagers,
  runScript,
} from '../../../lib/package-manager/package-managers.ts';
import { parseYaml, renderedText } from '../../support/rendered.ts';

const others = packageManagerNames.filter((name) => name !== 'npm');
const features = featureNames;

describe('runScript', () => {
  it.each([
    ['test', undefined, 'npm test', 'pnpm run test'],
    ['start', undefined, 'npm start', 'pnpm run start'],
    ['db:deploy', undefined, 'npm run db:deploy', 'pnpm run db:deploy'],
    ['test', 'tests/unit', 'npm test -- tests/unit', 'pnpm run test tests/unit'],
    ['dev', '--name x', 'npm run dev -- --name x', 'pnpm run dev --name x'],
    ['prisma', '', 'npm run prisma --', 'pnpm run prisma'],
  ])('gives the command for the script %s with the arguments %s', (script, args, npm, pnpm) => {
    expect(runScript('npm', script, args)).toBe(npm);
    expect(runScript('pnpm', script, args)).toBe(pnpm);
  });
});

describe.each(others)('a service for %s', (packageManager) => {
  const files = renderedText({ packageManager, features });
  const { lock, settings, setUp, frozenInstall, productionInstall } =
    packageManagers[packageManager];
  const text = (path: string) => files.get(path) ?? '';

  it('has the same files but for the lock and the settings', () => {
    const npmFiles = [...renderedText({ features }).keys()];
    const own = [...files.keys()].filter((path) => !npmFiles.includes(path));

    expect(own).toEqual([settings]);
    expect(npmFiles.filter((path) => !files.has(path))).toEqual(['.npmrc', 'package-lock.json']);
  });

  it('names no command of npm but the one that sets it up', () => {
    const commands = [...files].flatMap(([path, content]) =>
      content
        .split('\n')
        .filter((line) => /\bnpm (?:run|ci|test|start|install)\b|package-lock/.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );

    expect(commands.filter((line) => !line.includes(String(setUp)))).toEqual([]);
    expect(commands).toHaveLength(5); // two jobs on Azure, one on GitHub, the image, the README
  });

  it('is installed as its lock says by pipelines and images', () => {
    expect(text('Dockerfile')).toContain(`COPY package.json ${lock} ${settings} ./`);
    expect(text('Dockerfile')).toContain(` ${frozenInstall}\n`);
    expect(text('Dockerfile')).toContain(` ${productionInstall}\n`);
    const workflow = text('.github/workflows/ci.yml');
    expect(workflow.split(`- run: ${frozenInstall}\n`)).toHaveLength(2);
    expect(workflow).not.toContain('cache:');
    parseYaml(workflow);
    expect(text('azure-pipelines.yml').split(`- bash: ${frozenInstall}\n`)).toHaveLength(3);
    parseYaml(text('azure-pipelines.yml'));
  });

  it('tells it what it must not do', () => {
    expect(JSON.parse(text('package.json'))).toMatchObject(
      packageManagers[packageManager].manifest,
    );
    expect(text('package.json') + text(settings)).toMatch(
      /"trustedDependencies": \[\]|ignoreScripts: true|enableScripts: false/,
    );
  });

  it('is formatted, although its commands have other lengths', async () => {
    const manifest = JSON.parse(text('package.json')) as {
      prettier: Awaited<ReturnType<typeof resolveConfig>>;
    };
    // The tools are bundled and not formatted.
    const sources = [...files].filter(
      ([path]) => /\.([mc]?[jt]s|json|ya?ml)$/.test(path) && !path.startsWith('tools/'),
    );
    const unformatted: string[] = [];
    for (const [filepath, source] of sources) {
      if (!(await check(source, { ...manifest.prettier, filepath }))) unformatted.push(filepath);
    }

    expect(unformatted).toEqual([]);
  });
});
