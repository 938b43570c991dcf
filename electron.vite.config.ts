import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Native code cannot be bundled: it is loaded from node_modules beside the app. */
const NATIVE = ['classic-level'];

// Main and preload are CommonJS: a sandboxed preload must be, and Electron's `ready` waits for a CommonJS main.
// Everything in JavaScript is bundled: one file to read at start, and nothing of node_modules to pack.
const commonJs = { format: 'cjs', entryFileNames: '[name].cjs' } as const;

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      minify: true,
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: resolve('main/index.ts'),
          'log-thread': resolve('main/log-thread/main.ts'),
        },
        external: NATIVE,
        output: { ...commonJs, chunkFileNames: '[name].cjs' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: { input: resolve('preload/index.ts'), output: commonJs },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: resolve('out/renderer'),
      emptyOutDir: true,
      minify: true,
      rollupOptions: { input: resolve('renderer/index.html') },
    },
  },
});
