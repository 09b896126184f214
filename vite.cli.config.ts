import { defineConfig } from 'vite';

/** The headless runner as one self-contained module: it starts its workers from its own file. */
export default defineConfig({
  define: { __PADDOCK_INLINE_WORKER__: 'false' },
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
