/** A package that only this feature needs is not installed. */
export class MissingPackageError extends Error {
  override readonly name = 'MissingPackageError';
  /** The package to install. */
  readonly packageName: string;

  constructor(packageName: string, feature: string, others: readonly string[] = []) {
    const all = [packageName, ...others].join(' ');
    super(`${feature} needs the package ${packageName}. Install it: npm install ${all}`);
    this.packageName = packageName;
  }
}

/**
 * Loads an optional package. `others` are those that have to be installed beside it.
 *
 * @throws {MissingPackageError} when it is not installed.
 */
export async function requirePackage<Module>(
  packageName: string,
  feature: string,
  load: () => Promise<Module>,
  others: readonly string[] = [],
): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    throw orMissing(error, packageName, feature, others);
  }
}

/** What to throw where a package could not be loaded: that it is missing, or the error that it has itself. */
export function orMissing(
  error: unknown,
  packageName: string,
  feature: string,
  others: readonly string[] = [],
): unknown {
  return isNotFound(error) ? new MissingPackageError(packageName, feature, others) : error;
}

/** Node has one code for that, and programs that webpack builds another. */
function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(ERR_)?MODULE_NOT_FOUND$/.test(String(error.code));
}
