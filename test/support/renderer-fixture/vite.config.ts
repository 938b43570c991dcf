import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** Serves or builds the page that draws the renderer from fixtures: `npx vite --config <this file>`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  server: {
    host: '127.0.0.1',
    port: 5199,
    fs: { allow: [resolve(import.meta.dirname, '../../..')] },
  },
  build: {
    outDir: resolve(import.meta.dirname, '../../../.cache/renderer-fixture'),
    emptyOutDir: true,
  },
});
