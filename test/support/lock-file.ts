/** The parts of a package-lock.json that tests look at. */
export interface Lock {
  readonly name: string;
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Packages with a download address. */
export function withAddresses(lock: Lock): string[] {
  return Object.entries(lock.packages).flatMap(([path, { resolved }]) =>
    resolved === undefined ? [] : [path],
  );
}

/** Optional dependencies that a package names and the lock lacks, as "package > dependency". */
export function absentOptionals(lock: Lock): string[] {
  return Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isResolvable(lock, path, name))
      .map((name) => `${path} > ${name}`),
  );
}

// As Node looks: in the package's own node_modules, then in those of the folders above.
function isResolvable(lock: Lock, path: string, name: string): boolean {
  const prefix = path === '' ? '' : `${path}/`;
  if (lock.packages[`${prefix}node_modules/${name}`] !== undefined) return true;
  if (path === '') return false;
  const above = path.lastIndexOf('node_modules/');
  return isResolvable(lock, path.slice(0, Math.max(above - 1, 0)), name);
}
