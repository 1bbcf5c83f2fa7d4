import type { ScriptStep } from './job.js';

/** A line of the trace and when it is written, in clock ms since the job began. */
export interface TraceLine {
  readonly at: number;
  readonly text: string;
}

/** All that a job will do, known when it begins: so a job that was cut off ends when it would have ended. */
export interface ScriptPlan {
  readonly lines: readonly TraceLine[];
  /** Clock ms from the beginning of the job to its end. */
  readonly duration: number;
  readonly exitCode: number;
}

/**
 * What the steps of a job do: `sleep N` takes N clock seconds, `exit N` ends its step, every line is shown. A step
 * `always` runs also after a failure, and its own exit code changes nothing: that is `after_script`.
 *
 * @param from clock ms since the beginning of the job at which the first step begins
 */
export function planScript(steps: readonly ScriptStep[], from = 0): ScriptPlan {
  const lines: TraceLine[] = [];
  let at = from;
  let exitCode = 0;
  for (const step of steps) {
    const always = step.when === 'always';
    if (exitCode !== 0 && !always) continue;
    for (const line of step.script) {
      lines.push({ at, text: `$ ${line}\n` });
      const exit = /^\s*exit(?:\s+(\d+))?\s*$/.exec(line);
      if (exit && !always) exitCode = Number(exit[1] ?? 0) % 256;
      if (exit) break;
      at += sleepMs(line);
      const said = /^\s*echo\s(.*)$/.exec(line);
      if (said) lines.push({ at, text: `${said[1]?.trimStart()}\n` });
    }
  }
  return { lines, duration: at, exitCode };
}

const sleepMs = (line: string): number => {
  const [, seconds] = /^\s*sleep\s+(\d+(?:\.\d+)?)s?\s*$/.exec(line) ?? [];
  return seconds === undefined ? 0 : Number(seconds) * 1000;
};
