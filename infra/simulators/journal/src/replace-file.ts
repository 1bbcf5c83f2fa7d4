import { renameSync, writeFileSync } from 'node:fs';

/** Replaces a file as a whole, so that a killed process leaves either the old content or the new one. */
export function replaceFile(file: string, content: string): void {
  const temporary = `${file}.new`;
  writeFileSync(temporary, content, { mode: 0o600 });
  renameSync(temporary, file);
}
