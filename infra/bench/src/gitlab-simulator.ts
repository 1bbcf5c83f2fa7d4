import { readFileSync, writeFileSync } from 'node:fs';
import { measureGitLabSimulator } from './measure-gitlab-simulator.js';
import { playWeek, weekReport } from './play-week.js';

const RESULT = new URL('../results/gitlab-simulator.md', import.meta.url);
const TRACE = new URL('../traces/office-week.csv', import.meta.url);

const calls = await measureGitLabSimulator();
const week = await playWeek(readFileSync(TRACE, 'utf8'));
const report = `${calls}\n${weekReport(week)}`;
process.stdout.write(report);
writeFileSync(RESULT, report);
if (week.lost + week.doubled > 0) process.exitCode = 1;
