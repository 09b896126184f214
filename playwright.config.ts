import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, chromiumPath, firefoxPath } from './scripts/browser.mjs';

// Kept in the environment, because each worker process reads this file again and must find the same port.
const port = Number((process.env.PADDOCK_PORT ??= String(4200 + (process.pid % 2000))));
const chromium = chromiumPath();
const firefox = firefoxPath();
const address = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: 'e2e',
  // A journey plays a lesson in real time; a time-out should mean a hang.
  timeout: 150_000,
  expect: { timeout: 10_000 },
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env.CI === 'true',
  // The JSON report is what `npm test` counts.
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : [['list']],
  outputDir: 'test-results',
  use: { baseURL: address, trace: 'retain-on-failure' },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: address,
    reuseExistingServer: false,
    timeout: 60_000,
  },
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        launchOptions: { ...(chromium ? { executablePath: chromium } : {}), args: CHROMIUM_ARGS },
      },
    },
    // A stock Firefox over WebDriver BiDi; it takes about twice as long, so it plays only the *.cross.spec.ts journeys.
    ...(firefox
      ? [
          {
            name: 'firefox',
            testMatch: /\.cross\.spec\.ts$/,
            use: {
              browserName: 'firefox' as const,
              channel: 'moz-firefox',
              launchOptions: {
                executablePath: firefox,
                firefoxUserPrefs: {
                  'app.normandy.enabled': false,
                  'network.captive-portal-service.enabled': false,
                  'browser.safebrowsing.downloads.enabled': false,
                },
              },
            },
          },
        ]
      : []),
  ],
});
