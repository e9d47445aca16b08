/** What a program needs to run at all; the names on Windows are in any case. */
const NEEDED =
  /^(path|pathext|home|userprofile|appdata|localappdata|systemroot|windir|comspec|tmpdir|temp|tmp)$/i;

/**
 * The environment of a program that a test starts: whatever else the shell, an editor or a pipeline
 * has set does not reach it, least of all the name of a database.
 */
export function childEnvironment(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => NEEDED.test(name));
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', ...variables };
}
