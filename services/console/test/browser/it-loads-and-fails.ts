import { eventually } from '@cleanroom/testing';
import { auditPage } from './audit-page.js';
import type { ConsoleWorld } from './console-world.js';
import { onGraphql } from './on-graphql.js';
import { unavailable } from './unavailable.js';

interface Read {
  /** Asked for once the installation is there, whose ids it may have in it. */
  readonly path: () => string;
  readonly query: RegExp;
  /** Root field without which the page has nothing to show, and the service that alone can answer it. */
  readonly field: string;
  readonly service: string;
  /** Part of what the page shows once it is read. */
  readonly shown: RegExp;
  /** A form stays as it was typed, and says nothing of what goes away behind it. */
  readonly isForm?: true;
}

/** As whoever comes back to a window: what it shows is asked for again. */
const COME_BACK = `dispatchEvent(new Event('visibilitychange'))`;

/** States that every page has: while it is read, where it cannot be read, and where it cannot be read anew. */
export function itLoadsAndFails(
  world: () => ConsoleWorld,
  { path, query, field, service, shown, isForm }: Read,
): void {
  const silence = `The ${service} service does not answer at the moment.`;

  it('shows a frame while it loads', async () => {
    const page = await world().open(path());
    let answer = () => undefined as void;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await onGraphql(page, query, (route) => held.then(() => route.continue()));
    await world().signIn(page, world().installation.demo.apiToken);
    await page.locator('.skeleton').waitFor();
    answer();
    await page.getByText(shown).first().waitFor();
  });

  it('says what could not be read, and tries again', async () => {
    const page = await world().open(path());
    let isBroken = true;
    const answer = { data: { [field]: null }, errors: [unavailable(field)] };
    await onGraphql(page, query, (route) => (isBroken ? route.fulfill({ json: answer }) : route.continue()));
    await world().signIn(page, world().installation.demo.apiToken);
    await page.getByText(silence, { exact: true }).waitFor();
    expect(await auditPage(page)).toEqual([]);
    isBroken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(shown).first().waitFor();
  });

  if (isForm) return;
  it('keeps what it shows where its service goes away', async () => {
    const page = await world().open(path());
    let isBroken = false;
    const answer = { data: { [field]: null }, errors: [unavailable(field)] };
    await onGraphql(page, query, (route) => (isBroken ? route.fulfill({ json: answer }) : route.continue()));
    await world().signIn(page, world().installation.demo.apiToken);
    await page.getByText(shown).first().waitFor();
    isBroken = true;
    const said = page.getByText(`${silence} What is shown of it may be old.`);
    await eventually(async () => {
      await page.evaluate(COME_BACK);
      expect(await said.isVisible()).toBe(true);
    });
    expect(await page.getByText(shown).first().isVisible()).toBe(true);
  });
}
