import type { CDPSession, Page } from 'playwright-core';

/** How a page did for a while. */
export interface ConsoleFigures {
  readonly framesPerSecond: number;
  /** Between two frames. */
  readonly p99GapMs: number;
  /** Share of the time in which the main thread did something, 0 to 1. */
  readonly busy: number;
  /** Once what nobody needs any more was collected. */
  readonly heapMiB: number;
  readonly nodes: number;
}

/** Gaps between frames by their milliseconds, in an array that does not grow with them. */
const COUNT_FRAMES = `(() => {
  const gaps = (globalThis.benchGaps = new Uint32Array(1001));
  let last = performance.now();
  const tick = (now) => {
    gaps[Math.min(1000, Math.round(now - last))]++;
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
})()`;
const TAKE_FRAMES = `(() => {
  const taken = [...globalThis.benchGaps];
  globalThis.benchGaps.fill(0);
  return taken;
})()`;

/** Looks at a page from outside, by the browser's own counters. */
export class ConsoleMeter {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  static async attach(page: Page): Promise<ConsoleMeter> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await page.evaluate(COUNT_FRAMES);
    return new ConsoleMeter(page, session);
  }

  async measure(milliseconds: number): Promise<ConsoleFigures> {
    await this.#collectGarbage();
    await this.page.evaluate(TAKE_FRAMES);
    const before = await this.#counters();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    const after = await this.#counters();
    const gaps = await this.page.evaluate<number[]>(TAKE_FRAMES);
    await this.#collectGarbage();
    const { heap, nodes } = await this.#counters();
    const seconds = after.at - before.at;
    return {
      framesPerSecond: gaps.reduce((sum, count) => sum + count, 0) / seconds,
      p99GapMs: gapAt(gaps, 0.99),
      busy: (after.tasks - before.tasks) / seconds,
      heapMiB: heap / 2 ** 20,
      nodes,
    };
  }

  #collectGarbage = (): Promise<unknown> => this.session.send('HeapProfiler.collectGarbage');

  async #counters(): Promise<{ at: number; tasks: number; heap: number; nodes: number }> {
    const { metrics } = await this.session.send('Performance.getMetrics');
    const of = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0;
    return { at: of('Timestamp'), tasks: of('TaskDuration'), heap: of('JSHeapUsedSize'), nodes: of('Nodes') };
  }
}

/** The gap that so large a share of all does not exceed. */
function gapAt(gaps: readonly number[], share: number): number {
  const all = gaps.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  return gaps.findIndex((count) => (seen += count) >= all * share);
}
