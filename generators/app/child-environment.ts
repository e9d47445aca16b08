import { delimiter, join } from 'node:path';
import { packageRoot } from './package-root.ts';

/*
 * Whatever started this process must not decide what the made service's own commands do: the npm
 * script or test run around it, settings of npm that choose what gets installed, and a git hook.
 * Settings that say how to reach a registry stay.
 */
const DROPPED = [
  /^npm_(package|lifecycle|command|execpath|node_execpath)/,
  /^npm_config_(local_prefix|prefix|global|location|package|call|workspaces?|include_workspace_root)$/,
  /^npm_config_(omit|include|only|production|dev|optional|dry_run|package_lock|package_lock_only)$/,
  /^npm_config_(ignore_scripts|save\w*|loglevel|json|parseable|script_shell|yes|color)$/,
  /^init_cwd$/,
  /^node_env$/,
  /^(vitest|test|mode|dev|prod|ssr|base_url)$/,
  /^vitest_/,
  /^git_(dir|work_tree|index_file|prefix|common_dir|object_directory)$/,
  /^(force|no)_color$/,
];

/** The environment for commands in the made service. */
export function childEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !DROPPED.some((pattern) => pattern.test(name.toLowerCase().replaceAll('-', '_'))),
  );
  const values = kept.map(
    ([name, value]) => [name, isPath(name) ? withoutOwnTools(value) : value] as const,
  );
  return { ...Object.fromEntries(values), NO_COLOR: '1' };
}

function isPath(name: string): boolean {
  return name.toLowerCase() === 'path';
}

// npm puts this package's own tools in front: one that the made service forgets would be found.
function withoutOwnTools(path = ''): string {
  const ownTools = join(packageRoot, 'node_modules', '.bin');
  return path
    .split(delimiter)
    .filter((folder) => folder !== ownTools)
    .join(delimiter);
}
