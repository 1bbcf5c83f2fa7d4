import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** A real browser: the one that is named, the system's, or the one that npm brought along. */
export async function openChromium(): Promise<Browser> {
  const executablePath =
    process.env.CLEANROOM_CHROMIUM ?? (existsSync(SYSTEM_CHROMIUM) ? SYSTEM_CHROMIUM : await fromNpm());
  // Arguments of our own: the package's would switch off what is to be tested.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** Unpacks it to the temporary folder, once. */
async function fromNpm(): Promise<string> {
  const { default: packed } = await import('@sparticuz/chromium');
  return packed.executablePath();
}
