export const packageManagerNames = ['npm', 'pnpm', 'yarn', 'bun'] as const;
export type PackageManager = (typeof packageManagerNames)[number];

/** What differs between package managers; commands are as they are typed in a made service. */
export interface ManagerFacts {
  /** The oldest major version that a service is tested with. */
  readonly oldest: number;
  /** The packages that its program comes in. */
  readonly packages: readonly string[];
  /** Installs the version that pipelines and images use; absent where it comes with Node.js. */
  readonly setUp?: string;
  /** Its settings in package.json. */
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly lock: string;
  /** Its settings, next to the lock file. */
  readonly settings: string;
  /** The arguments of the first install, which may make the lock, also where `CI` is set. */
  readonly install: readonly string[];
  /** The same where the lock does not know all dependencies yet: in a workspace, after an update. */
  readonly relock: readonly string[];
  /** Installs on a developer's machine. */
  readonly localInstall: string;
  /** Installs what the lock says, or fails. */
  readonly frozenInstall: string;
  /** The same without what only building and testing need. */
  readonly productionInstall: string;
  /** Where it keeps what it fetched, in the home of whoever runs it. */
  readonly cache: string;
}

export const packageManagers: Readonly<Record<PackageManager, ManagerFacts>> = {
  npm: {
    oldest: 9,
    packages: ['npm'],
    manifest: {},
    lock: 'package-lock.json',
    settings: '.npmrc',
    install: ['ci'],
    relock: ['install', '--ignore-scripts'],
    localInstall: 'npm ci',
    frozenInstall: 'npm ci',
    productionInstall: 'npm ci --omit=dev --omit=optional',
    cache: '.npm',
  },
  pnpm: {
    oldest: 10,
    packages: ['pnpm', '@pnpm/exe'],
    setUp: 'npm install --global pnpm@10.34.8',
    manifest: {},
    lock: 'pnpm-lock.yaml',
    settings: 'pnpm-workspace.yaml',
    install: ['install', '--no-frozen-lockfile'],
    relock: ['install', '--no-frozen-lockfile', '--ignore-scripts'],
    localInstall: 'pnpm install',
    frozenInstall: 'pnpm install --frozen-lockfile',
    productionInstall: 'pnpm install --frozen-lockfile --prod --no-optional',
    cache: '.local/share/pnpm/store',
  },
  yarn: {
    oldest: 4,
    packages: ['@yarnpkg/cli-dist', 'yarn'],
    // Images of Node.js hold a Yarn 1 under the same name.
    setUp: 'npm install --global --force @yarnpkg/cli-dist@4.18.1',
    // Yarn 1 would go on and write a lock that Yarn 4 cannot take as it is.
    manifest: { packageManager: 'yarn@4.18.1' },
    lock: 'yarn.lock',
    settings: '.yarnrc.yml',
    install: ['install', '--no-immutable'],
    relock: ['install', '--no-immutable', '--mode=skip-build'],
    localInstall: 'yarn install',
    frozenInstall: 'yarn install --immutable',
    productionInstall: 'yarn workspaces focus --production',
    cache: '.yarn/berry/cache',
  },
  bun: {
    oldest: 1,
    packages: ['bun'],
    setUp: 'npm install --global bun@1.4.5',
    // Without it, Bun runs the install scripts of packages that it knows, and Prisma's downloads.
    manifest: { trustedDependencies: [] },
    lock: 'bun.lock',
    settings: 'bunfig.toml',
    install: ['install', '--ignore-scripts'],
    relock: ['install', '--ignore-scripts'],
    localInstall: 'bun install',
    frozenInstall: 'bun install --frozen-lockfile',
    productionInstall: 'bun install --frozen-lockfile --production --omit=optional --omit=peer',
    cache: '.bun/install/cache',
  },
};

/**
 * The command that runs a script of package.json, and passes it arguments if there are any. Empty
 * arguments stand for those that will follow the command.
 */
export function runScript(manager: PackageManager, script: string, args?: string): string {
  const isShort = manager === 'npm' && ['test', 'start'].includes(script);
  return [
    manager,
    ...(isShort ? [] : ['run']),
    script,
    // Without it, npm takes options for its own.
    ...(manager === 'npm' && args !== undefined ? ['--'] : []),
    ...(args ? [args] : []),
  ].join(' ');
}
