import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openChromium } from '@cleanroom/testing';
import type { Page } from 'playwright-core';
import { ConsoleMeter, type ConsoleFigures } from './console-meter.js';
import { consoleReport } from './console-report.js';
import { FakeFleet } from './fake-fleet.js';
import { FakeGateway } from './fake-gateway.js';
import { machineLoad } from './machine-load.js';

const RESULT = new URL('../results/console.md', import.meta.url);
const BUILT = fileURLToPath(new URL('../../../services/console/dist/', import.meta.url));
const RUNNERS = 10_000;
const CHANGES_PER_SECOND = 500;
const USUAL_SECONDS = 300;
const PARTS = 5;
/** Until then code is compiled and first drawn. */
const WARM_UP_MS = 10_000;
/** What is told last is shown four times a second. */
const SETTLE_MS = 1_500;

const { values } = parseArgs({ options: { seconds: { type: 'string' } } });
const seconds = Number(values.seconds ?? USUAL_SECONDS);
const load = machineLoad();
const fleet = new FakeFleet(RUNNERS);
const gateway = await FakeGateway.start(fleet, BUILT);
const browser = await openChromium();
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  gateway.changes.begin(CHANGES_PER_SECOND);
  const readAfter = await openFleet(page);
  await page.waitForTimeout(WARM_UP_MS);
  const parts = await measureParts(await ConsoleMeter.attach(page));
  gateway.changes.stop();
  await page.waitForTimeout(SETTLE_MS);
  const wrong = differences(await shownCounts(page));
  const changes = gateway.changes.count();
  const report = consoleReport({ load, runners: RUNNERS, seconds, readAfter, parts, changes, wrong });
  process.stdout.write(report);
  if (wrong.length > 0) process.exitCode = 1;
  // A short run is to look at; what is kept was measured for as long as is promised.
  else if (seconds >= USUAL_SECONDS) writeFileSync(RESULT, report);
} finally {
  await browser.close();
  gateway.stop();
}

/** @returns seconds until every runner was read and the page was live */
async function openFleet(page: Page): Promise<number> {
  const began = performance.now();
  await page.goto(`${gateway.url}/console/`);
  await page.getByText('Live', { exact: true }).waitFor();
  return (performance.now() - began) / 1_000;
}

async function measureParts(meter: ConsoleMeter): Promise<ConsoleFigures[]> {
  const parts: ConsoleFigures[] = [];
  for (let part = 0; part < PARTS; part++) {
    parts.push(await meter.measure((seconds * 1_000) / PARTS));
    process.stderr.write(`${part + 1} of ${PARTS}\n`);
  }
  return parts;
}

/** The numbers of the legend, by the words of their states. */
async function shownCounts(page: Page): Promise<ReadonlyMap<string, number>> {
  const chips = page.getByRole('group', { name: 'Filter by state' }).getByRole('button');
  const texts = await chips.allInnerTexts();
  return new Map(
    texts.map((text) => [text.replace(/[^A-Za-z]/g, '').toUpperCase(), Number(text.replace(/\D/g, ''))]),
  );
}

/** Where the page says another number than the server. */
function differences(shown: ReadonlyMap<string, number>): string[] {
  const counts = fleet.counts();
  const states = new Set<string>([...shown.keys(), ...counts.keys()]);
  return [...states].flatMap((state) => {
    const [is, says] = [counts.get(state as never) ?? 0, shown.get(state) ?? 0];
    return is === says ? [] : [`${state}: ${says} shown, ${is} there`];
  });
}
