import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { givenChromium } from './config.js';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** A real browser: the one that is named, the system's, or the one that npm brought along. */
export async function openChromium(): Promise<Browser> {
  const executablePath =
    givenChromium ?? (existsSync(SYSTEM_CHROMIUM) ? SYSTEM_CHROMIUM : await chromiumFromNpm());
  // Most specs open none, and need not wait for what drives it.
  const { chromium } = await import('playwright-core');
  // Arguments of our own: the package's would switch off what is to be tested.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** Unpacks it to the temporary folder, once. */
async function chromiumFromNpm(): Promise<string> {
  const { default: packed } = await import('@sparticuz/chromium');
  return packed.executablePath();
}
