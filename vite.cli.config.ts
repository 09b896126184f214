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
    rolldownOptions: { output: { entryFileNames: 'main.mjs', codeSplitting: false } },
  },
});
