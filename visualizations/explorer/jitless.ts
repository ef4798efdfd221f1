import { config } from 'zod';

// The page's Content-Security-Policy forbids compiling code. It has to be said before the first schema is made.
config({ jitless: true });
