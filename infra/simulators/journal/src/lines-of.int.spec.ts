import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endLastLine, linesOf } from './index.js';

/** Longer than what is read at once; from an odd place on, its letters of two bytes lie across the end of a piece. */
const LONG = 'ü'.repeat(1 << 20);

describe('a ledger of lines', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cleanroom-journal-'));
  const file = join(folder, 'lines');

  afterAll(() => rmSync(folder, { recursive: true }));

  it('is read line by line, also where a line is longer than a piece', () => {
    writeFileSync(file, `one\n\n${LONG}\ncut o`);
    const read = [...linesOf(file)];
    expect(read.map(({ length }) => length)).toEqual([3, LONG.length, 5]);
    expect(read[1] === LONG).toBe(true);
  });

  it('goes on with a line by itself after one that was cut off', () => {
    writeFileSync(file, 'one\ncut o');
    endLastLine(file);
    endLastLine(file);
    appendFileSync(file, 'two\n');
    expect(readFileSync(file, 'utf8')).toBe('one\ncut o\ntwo\n');
  });
});
