import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';
import { playwright } from '@vitest/browser-playwright';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGS, chromiumPath } from './scripts/browser.mjs';
import { embedPlugin } from './scripts/embed-plugin.ts';
import { lessons } from './scripts/lessons-plugin.ts';
import { scenarios } from './scripts/scenario-plugin.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const executablePath = chromiumPath();

/** The app in many files, or (`--mode embed`) embed.html in one, which runs in a sandboxed frame. */
export default defineConfig(({ mode }) => {
  const embed = mode === 'embed';
  return {
    base: './',
    plugins: [
      react(),
      tailwindcss(),
      lessons(root),
      scenarios({ ready: !embed }),
      ...(embed ? [embedPlugin(root), viteSingleFile()] : []),
    ],
    worker: { format: 'es' },
    build: {
      target: 'baseline-widely-available',
      // Every browser of that target preloads modules by itself.
      modulePreload: { polyfill: false },
      ...(embed
        ? { emptyOutDir: false, copyPublicDir: false, rolldownOptions: { input: 'embed.html' } }
        : { manifest: true }),
    },
    test: {
      passWithNoTests: true,
      // Long enough for a busy machine: a time-out should mean a hang.
      testTimeout: 30_000,
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            environment: 'node',
            // The modules of a file serve the next one too: to load and compile them anew for each took as long as the tests.
            isolate: false,
            // All cores, after the browser's tests: Vitest alone leaves one free, which is half of a machine with two.
            maxWorkers: availableParallelism(),
            sequence: { groupOrder: 1 },
            setupFiles: ['test/support/one-seed.ts'],
            include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
            exclude: ['**/*.browser.test.ts', 'test/lint-fixtures/**'],
          },
        },
        {
          extends: true,
          // Found up front: a dependency met half-way through a run reloads the page under the tests.
          optimizeDeps: {
            include: ['react', 'react-dom', 'react-dom/client', 'react/jsx-runtime', 'react/jsx-dev-runtime'],
            entries: ['src/**/*.browser.test.{ts,tsx}'],
          },
          test: {
            name: 'browser',
            include: ['src/**/*.browser.test.{ts,tsx}'],
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({
                launchOptions: { ...(executablePath ? { executablePath } : {}), args: CHROMIUM_ARGS },
              }),
              instances: [{ browser: 'chromium' }],
            },
          },
        },
      ],
    },
  };
});
