import { readdirSync, readFileSync } from 'node:fs';
import type { Child } from '@cleanroom/local';

/** MiB of each process with all its descendants, by name; memory that several share is divided among them. */
export function processMemory(children: readonly Pick<Child, 'name' | 'pid'>[]): Map<string, number> {
  const parents = parentsOfAll();
  const rootOf = (pid: number): number | undefined => {
    for (let at: number | undefined = pid; at; at = parents.get(at))
      if (children.some((child) => child.pid === at)) return at;
    return undefined;
  };
  const memory = new Map(children.map(({ name }) => [name, 0]));
  for (const pid of parents.keys()) {
    const root = rootOf(pid);
    const child = children.find((candidate) => candidate.pid === root);
    if (child) memory.set(child.name, (memory.get(child.name) ?? 0) + ofProcess(pid));
  }
  return memory;
}

/** The sum of all of them. */
export const totalOf = (memory: ReadonlyMap<string, number>): number =>
  [...memory.values()].reduce((sum, each) => sum + each, 0);

function parentsOfAll(): Map<number, number> {
  const pids = readdirSync('/proc').map(Number).filter(Boolean);
  return new Map(pids.map((pid) => [pid, Number(/^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1] ?? 0)]));
}

const ofProcess = (pid: number): number =>
  Number(/^Pss:\s+(\d+)/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0) / 1024;

/** Empty where the process has ended meanwhile. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
