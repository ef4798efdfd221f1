/** A package that only this feature needs is not installed. */
export class MissingPackageError extends Error {
  override readonly name = 'MissingPackageError';
  /** The package to install. */
  readonly packageName: string;

  constructor(packageName: string, feature: string) {
    super(`${feature} needs the package ${packageName}. Install it: npm install ${packageName}`);
    this.packageName = packageName;
  }
}

/**
 * Loads an optional package.
 *
 * @throws {MissingPackageError} when it is not installed.
 */
export async function requirePackage<Module>(
  packageName: string,
  feature: string,
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (isNotFound(error)) throw new MissingPackageError(packageName, feature);
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}
