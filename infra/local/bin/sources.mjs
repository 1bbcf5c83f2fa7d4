import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['libs', 'services', 'infra'];
const FILES = ['.swcrc', 'nx.json', 'package.json', 'package-lock.json'];
/** What no build reads, or what it writes. */
const LEFT_OUT = new Set(['node_modules', 'dist', 'test', 'results']);

/** Changes whenever a file does from which the workspace is built. Times and sizes are enough: nobody is deceived but oneself. */
export function fingerprintOfSources(root) {
  const hash = createHash('sha256');
  const files = [
    ...FOLDERS.flatMap((folder) => [...walk(join(root, folder))]),
    ...FILES.map((file) => join(root, file)),
  ];
  for (const file of files.filter((path) => existsSync(path)).sort()) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

/** Whether every project that is built has its result in place. */
export function resultsAreThere(root) {
  const projects = FOLDERS.flatMap((folder) => [...walk(join(root, folder))]).filter((file) =>
    file.endsWith('/project.json'),
  );
  return projects.every(
    (file) => !readFileSync(file, 'utf8').includes('"build"') || existsSync(join(file, '../dist')),
  );
}

function* walk(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (LEFT_OUT.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}
