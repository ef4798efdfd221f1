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
    if (isNotFound(error)) throw new MissingPackageError(packageName, feature, others);
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}
