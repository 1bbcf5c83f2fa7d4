import { writeFileSync } from 'node:fs';
import { measureHetznerSimulator } from './measure-hetzner-simulator.js';

const RESULT = new URL('../results/hetzner-simulator.md', import.meta.url);

const report = await measureHetznerSimulator();
process.stdout.write(report);
writeFileSync(RESULT, report);
