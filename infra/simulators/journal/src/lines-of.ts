import { appendFileSync, closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const PIECE = 1 << 20;

/** Ends the line that a killed process left unfinished, so that the next one is a line by itself. */
export function endLastLine(file: string): void {
  const size = existsSync(file) ? statSync(file).size : 0;
  if (size === 0) return;
  const last = Buffer.alloc(1);
  const opened = openSync(file, 'r');
  readSync(opened, last, 0, 1, size - 1);
  closeSync(opened);
  if (last.toString() !== '\n') appendFileSync(file, '\n');
}

/** The lines of a file that are not empty, one after the other, however long it is. */
export function* linesOf(file: string): Generator<string> {
  const decoder = new StringDecoder('utf8');
  const piece = Buffer.alloc(PIECE);
  const opened = openSync(file, 'r');
  try {
    let rest = '';
    for (let length = readSync(opened, piece); length > 0; length = readSync(opened, piece)) {
      const lines = (rest + decoder.write(piece.subarray(0, length))).split('\n');
      rest = lines.pop() ?? '';
      yield* lines.filter((line) => line !== '');
    }
    if (rest !== '') yield rest;
  } finally {
    closeSync(opened);
  }
}
