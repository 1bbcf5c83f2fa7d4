import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';

/** How to run one process of the installation. */
export interface ChildPlan {
  name: string;
  /** Script for Node 24. */
  script: string;
  nodeFlags: string[];
  env: Record<string, string>;
  /** Answers 200 when the process can do its work; a process without one says `ready` over its channel. */
  readyUrl: string | undefined;
  logFile: string;
  /** Sent over the channel at the start. */
  order?: object;
}

/** A running process of the installation. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Resolves once it can do its work; rejects when it ends before or takes longer than `withinMs`. */
  ready(withinMs: number): Promise<void>;
  /** Resolves with a sentence about how it ended. */
  readonly ended: Promise<string>;
  /** SIGTERM, then SIGKILL after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** Starts a process; its output goes to its log file. */
export function startChild(plan: ChildPlan): Child {
  const child = spawn(process.execPath, [...plan.nodeFlags, plan.script], {
    env: plan.env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = createWriteStream(plan.logFile, { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with code ${code}`));
  });
  const saidReady = new Promise<void>((resolve) =>
    child.on('message', (text) => text === 'ready' && resolve()),
  );
  if (plan.order) child.send(plan.order);
  return {
    name: plan.name,
    pid: child.pid ?? 0,
    ended,
    ready: (withinMs) => becomesReady(plan, ended, saidReady, withinMs),
    stop: (graceMs) => stopChild(child, ended, graceMs),
  };
}

async function becomesReady(
  plan: ChildPlan,
  ended: Promise<string>,
  saidReady: Promise<void>,
  withinMs: number,
) {
  const decided = new AbortController();
  const answered = plan.readyUrl ? answersOk(plan.readyUrl, decided.signal) : saidReady;
  const tooLate = new Promise<string>((resolve) => {
    setTimeout(() => resolve(`was not ready after ${withinMs / 1000} s`), withinMs).unref();
  });
  const outcome = await Promise.race([answered.then(() => undefined), ended, tooLate]);
  // Whoever went on asking would keep this process alive for as long.
  decided.abort();
  if (outcome) throw new Error(`${plan.name} ${outcome}. The end of ${plan.logFile}:\n${tail(plan.logFile)}`);
}

async function answersOk(url: string, decided: AbortSignal): Promise<void> {
  while (!decided.aborted) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The last lines of a log, for a person who wants to know why. */
export function tail(file: string, lines = 12): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(no log)';
  }
}

async function stopChild(child: ChildProcess, ended: Promise<string>, graceMs: number): Promise<void> {
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(hard);
}
