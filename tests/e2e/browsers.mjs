// Starts the machine's own Chromium, without a window and without traffic of its own. For Firefox see firefox.mjs.
import { chromium } from 'playwright-core';

/** How it is started. */
export const launch = {
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** A Playwright browser. */
export const launchChromium = () => chromium.launch(launch);
