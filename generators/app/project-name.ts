import validatePackageName from 'validate-npm-package-name';

const MAX_LENGTH = 214;
const FALLBACK = 'my-service';

// Names that Windows keeps for devices, with and without an extension.
const RESERVED_ON_WINDOWS = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/** Why a name is invalid as that of a directory and an npm package; undefined if it is valid. */
export function projectNameProblem(name: string): string | undefined {
  if (name.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`;
  if (RESERVED_ON_WINDOWS.test(name)) return 'is reserved on Windows';
  if (name.endsWith('.')) return 'ends with a dot, which Windows drops';
  return npmProblem(name);
}

/** A valid name that is close to the given one. */
export function suggestProjectName(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^[-._]+|[-._]+$/g, '');
  const candidates = slug === '' ? [] : [slug, `${slug}-service`, `service-${slug}`];
  return candidates.find((candidate) => projectNameProblem(candidate) === undefined) ?? FALLBACK;
}

function npmProblem(name: string): string | undefined {
  const result = validatePackageName(name);
  if (result.validForNewPackages) return undefined;
  const [problem = 'is not a valid npm package name'] = [
    ...(result.errors ?? []),
    ...(result.warnings ?? []),
  ];
  return problem.replace(/^name /, '').replace(`${name} is`, 'is');
}
