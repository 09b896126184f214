import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { lessons } from './scripts/lessons-plugin.ts';

/** The headless runner as one self-contained module: it starts its workers from its own file. */
export default defineConfig({
  plugins: [lessons(fileURLToPath(new URL('.', import.meta.url)))],
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'src/cli/main.ts',
    target: 'node20',
    outDir: 'node_modules/.cache/paddock-cli',
    emptyOutDir: true,
    copyPublicDir: false,
    minify: false,
    reportCompressedSize: false,
    // Constants stay `const`, as they do in the page's worker: compiled code has to read a variable, and look at it.
    rolldownOptions: { output: { entryFileNames: 'main.mjs', codeSplitting: false, topLevelVar: false } },
  },
});
