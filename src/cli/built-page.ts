import { fileURLToPath } from 'node:url';

/** The explorer, from the folder in which the build puts all files of the command line side by side. */
export const builtPage = fileURLToPath(new URL('../../explorer/index.html', import.meta.url));
