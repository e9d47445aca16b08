/**
 * Why a version of Node.js cannot run the generator, in one line; undefined when it can.
 *
 * What is needed is what package.json says in `engines`. Old versions run this, too: it stays plain.
 */
export function nodeVersionProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const works = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  if (works) return undefined;
  return `Node.js 20.19, 22.12 or newer is needed, and this is ${version}. Install one from https://nodejs.org.`;
}
