import { expect, test } from 'vitest';
import { requirePackage } from '../src/require-package.ts';
import { MissingPackageError } from '../visualizations/index.ts';

test('a package that is not installed is named with the command that installs it', async () => {
  const name: string = 'a-package-that-nobody-has';
  const missing = requirePackage(name, 'This test', () => import(`${name}`));
  await expect(missing).rejects.toThrow(MissingPackageError);
  await expect(missing).rejects.toMatchObject({
    packageName: name,
    message: `This test needs the package ${name}. Install it: npm install ${name}`,
  });
});

test('a package that is there but fails is not called missing', async () => {
  const broken = async () => {
    throw new TypeError('broken');
  };
  await expect(requirePackage('broken', 'This test', broken)).rejects.toThrow(TypeError);
});
