import type { ConsoleFigures } from './console-meter.js';

interface Measured {
  readonly load: string;
  readonly runners: number;
  readonly seconds: number;
  /** Seconds until every runner was read. */
  readonly readAfter: number;
  readonly parts: readonly ConsoleFigures[];
  readonly changes: number;
  /** Where the page said another number than the server; empty where all were equal. */
  readonly wrong: readonly string[];
}

const GOAL = { framesPerSecond: 50, busy: 0.5 };
/** Garbage comes and goes by so much. */
const CONSTANT_WITHIN = 0.1;

/** The console under load, in Markdown. */
export function consoleReport({
  load,
  runners,
  seconds,
  readAfter,
  parts,
  changes,
  wrong,
}: Measured): string {
  return `# The console, with ${runners.toLocaleString('en')} runners at 500 changes a second

A Chromium without a window, 1440 by 900, shows the fleet as a seat map. A gateway that answers from memory tells it of 500 changes a
second, as \`runnerChanged\` does; browser and gateway share one machine and have no graphics processor. Made by
\`npm run bench:console\`.
${load}

All runners were read, and the page was live, ${readAfter.toFixed(1)} s after its address was opened. ${changes.toLocaleString('en')} changes came in
all; ${countsInWords(wrong)}

| seconds | frames per second | 99 of 100 frames within ms | main thread busy | heap MiB | nodes of the document |
| --- | --- | --- | --- | --- | --- |
${parts.map((part, index) => row(part, ((index + 1) * seconds) / parts.length)).join('\n')}

| goal | of the whole time |
| --- | --- |
| at least ${GOAL.framesPerSecond} frames per second | ${met(mean(parts, 'framesPerSecond') >= GOAL.framesPerSecond)} |
| main thread busy for at most ${percent(GOAL.busy)} | ${met(mean(parts, 'busy') <= GOAL.busy)} |
| memory constant | ${met(isConstant(parts))} |
| counts equal to the server's | ${met(wrong.length === 0)} |

- _seconds_: the end of a part; the figures are of that part alone. Heap and nodes are counted at its end, once garbage was collected.
- _memory constant_: at the end of no part more than a tenth above the first.
`;
}

const row = ({ framesPerSecond, p99GapMs, busy, heapMiB, nodes }: ConsoleFigures, until: number): string =>
  `| ${until.toFixed(0)} | ${framesPerSecond.toFixed(0)} | ${p99GapMs} | ${percent(busy)} | ${heapMiB.toFixed(1)} | ${nodes} |`;

const countsInWords = (wrong: readonly string[]): string =>
  wrong.length === 0
    ? 'after the last of them every count in the legend was equal to the server’s.'
    : `after the last of them these counts were wrong: ${wrong.join('; ')}.`;

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

const met = (isMet: boolean): string => (isMet ? 'met' : 'missed');

/** Parts are equally long. */
const mean = (parts: readonly ConsoleFigures[], figure: 'framesPerSecond' | 'busy'): number =>
  parts.reduce((sum, part) => sum + part[figure], 0) / parts.length;

function isConstant([first, ...later]: readonly ConsoleFigures[]): boolean {
  const most = 1 + CONSTANT_WITHIN;
  return later.every(
    ({ heapMiB, nodes }) => heapMiB <= (first?.heapMiB ?? 0) * most && nodes <= (first?.nodes ?? 0) * most,
  );
}
