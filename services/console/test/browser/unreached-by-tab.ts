import type { Page } from 'playwright-core';

const CONTROLS = `a[href], button, input, select, textarea, summary`;
/** More than any page has. */
const MOST_PRESSES = 300;

/** Notes where the focus is; false once it is nowhere, behind the last control. */
const NOTE = `(() => {
  const element = document.activeElement;
  if (element === document.body) return false;
  const isShown = getComputedStyle(element).outlineStyle !== 'none';
  if (isShown) element.dataset.reached = '';
  return true;
})()`;
const UNREACHED = `[...document.querySelectorAll('${CONTROLS}')]
  .filter((element) => element.checkVisibility() && !element.disabled && !('reached' in element.dataset))
  .map((element) => element.outerHTML.slice(0, 120))`;

/** Controls of a page that cannot be come to with the Tab key, or of which nobody would see that one has. */
export async function unreachedByTab(page: Page): Promise<string[]> {
  await page.evaluate('document.activeElement.blur()');
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    await page.keyboard.press('Tab');
    if (!(await page.evaluate<boolean>(NOTE))) break;
  }
  return page.evaluate<string[]>(UNREACHED);
}
