import { cpSync, readFileSync } from 'node:fs';
import { join, matchesGlob, relative } from 'node:path';
import { workspaceRoot } from '../src/config.js';

const linesOf = (file: string): string[] =>
  readFileSync(join(workspaceRoot, file), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));

/** The patterns of .dockerignore. */
export const hiddenFromImages = (): string[] => linesOf('.dockerignore');

/** The patterns of .gitignore, as .dockerignore writes them: there a name without a folder means the root's only. */
export const hiddenFromGit = (): string[] =>
  linesOf('.gitignore').map((line) => {
    const pattern = line.replace(/\/$/, '');
    return pattern.includes('/') ? pattern : `**/${pattern}`;
  });

/** Lays out what an engine would be sent of this workspace. */
export function copyContext(target: string): void {
  const patterns = hiddenFromImages();
  const isSent = (path: string) =>
    !patterns.some((pattern) => matchesGlob(relative(workspaceRoot, path), pattern));
  cpSync(workspaceRoot, target, { recursive: true, filter: isSent });
}
