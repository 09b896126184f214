// Where the browsers are. Shared by the set-up script, vitest and Playwright; Node built-ins only.
import { existsSync, readFileSync } from 'node:fs';

const stampFile = new URL('../node_modules/.paddock-setup.json', import.meta.url);

/** Chromium in a container: no sandbox, and no calls home. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const CHROMIUM = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    `${process.env.PROGRAMFILES}\\Google\\Chrome\\Application\\chrome.exe`,
    `${process.env['PROGRAMFILES(X86)']}\\Microsoft\\Edge\\Application\\msedge.exe`,
  ],
};

const FIREFOX = {
  linux: ['/usr/bin/firefox-esr', '/usr/bin/firefox'],
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  win32: [`${process.env.PROGRAMFILES}\\Mozilla Firefox\\firefox.exe`],
};

/** Places a system Chromium or Chrome may be at, on this platform. */
export const systemChromium = () => CHROMIUM[process.platform] ?? [];

/** Path of the Chromium to use, or undefined for the one Playwright manages. */
export function chromiumPath() {
  if (process.env.PADDOCK_CHROMIUM) return process.env.PADDOCK_CHROMIUM;
  try {
    const { browser } = JSON.parse(readFileSync(stampFile, 'utf8'));
    if (browser && existsSync(browser)) return browser;
  } catch {
    // No set-up has run yet.
  }
  return systemChromium().find((path) => existsSync(path));
}

/** Path of a stock Firefox, or undefined. */
export const firefoxPath = () =>
  process.env.PADDOCK_FIREFOX || (FIREFOX[process.platform] ?? []).find((path) => existsSync(path));
