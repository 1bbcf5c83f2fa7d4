import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { startInstallation } from './installation.js';
import { machineLoad } from './machine-load.js';
import { measureFirstCall } from './measure-first-call.js';
import { measureLives } from './measure-lives.js';
import { processMemory } from './process-memory.js';
import { systemReport } from './system-report.js';

const RESULT = new URL('../results/system.md', import.meta.url);
const SAMPLES = 100;
const LIVES = 200;
const SETTLED_AFTER_MS = 5_000;

const load = machineLoad();
const calm = await startInstallation({ speed: 1, servers: 200, latency: 'fast' });
const { readyAfter, startTimes } = calm;
await pause(SETTLED_AFTER_MS);
const memory = processMemory(calm.system.children);
const firstCalls = await measureFirstCall(calm, SAMPLES).finally(() => calm.stop());

const busy = await startInstallation({ speed: 1, servers: 300, latency: 'realistic' });
const lives = await measureLives(busy, LIVES).finally(() => busy.stop());

const report = systemReport({ load, readyAfter, startTimes, memory, firstCalls, lives, count: LIVES });
process.stdout.write(report);
writeFileSync(RESULT, report);
process.exit(0);
