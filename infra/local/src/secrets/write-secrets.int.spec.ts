import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSecrets } from './write-secrets.js';

describe('the folder of secrets', () => {
  let place: string;
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'cleanroom-secrets-'));
  });
  afterEach(() => rmSync(place, { recursive: true, force: true }));

  const rightsOf = (path: string): number => statSync(path).mode & 0o777;

  it('is its owner’s to enter, and each file anybody’s to read who is handed it', () => {
    const folder = join(place, 'secrets');
    writeSecrets(folder, new Map([['identity/KEY', 'k']]));
    expect(readFileSync(join(folder, 'identity/KEY'), 'utf8')).toBe('k');
    expect([rightsOf(folder), rightsOf(join(folder, 'identity/KEY'))]).toEqual([0o700, 0o444]);
  });

  it('is not written to again: its keys stay', () => {
    const folder = join(place, 'secrets');
    writeSecrets(folder, new Map([['identity/KEY', 'first']]));
    expect(() => writeSecrets(folder, new Map([['identity/KEY', 'second']]))).toThrow(/never replaced/);
    expect(readFileSync(join(folder, 'identity/KEY'), 'utf8')).toBe('first');
  });
});
