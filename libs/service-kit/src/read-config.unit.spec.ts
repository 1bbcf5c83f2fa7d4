import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { InvalidConfig, parseConfig } from './read-config.js';

const schema = z.object({ CLEANROOM_KEY: z.string().min(5), CLEANROOM_PORT: z.coerce.number().int() });

describe('the configuration of a process', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cleanroom-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const secret = (text: string): string => {
    const file = join(folder, 'secret');
    writeFileSync(file, text);
    return file;
  };

  it('may have a value in a file, whose last line break is not part of it', () => {
    const env = { CLEANROOM_KEY_FILE: secret('from a file\n'), CLEANROOM_PORT: '1' };
    expect(parseConfig(schema, env)).toEqual({ CLEANROOM_KEY: 'from a file', CLEANROOM_PORT: 1 });
  });

  it('takes the file where there is a value too', () => {
    const env = {
      CLEANROOM_KEY: 'in the open',
      CLEANROOM_KEY_FILE: secret('from a file'),
      CLEANROOM_PORT: '1',
    };
    expect(parseConfig(schema, env).CLEANROOM_KEY).toBe('from a file');
  });

  it('finds a value in the folder of secrets under its own name, and does without what is not there', () => {
    writeFileSync(join(folder, 'CLEANROOM_KEY'), 'from the folder');
    const env = { CLEANROOM_SECRETS_FOLDER: folder, CLEANROOM_PORT: '1' };
    expect(parseConfig(schema, env)).toEqual({ CLEANROOM_KEY: 'from the folder', CLEANROOM_PORT: 1 });
  });

  it('names a file that cannot be read, and its variable', () => {
    const file = join(folder, 'nowhere');
    expect(() => parseConfig(schema, { CLEANROOM_KEY_FILE: file, CLEANROOM_PORT: '1' })).toThrow(
      new InvalidConfig([`CLEANROOM_KEY: its file ${file} cannot be read (ENOENT)`]),
    );
  });

  it('names everything that is wrong at once, and never a value', () => {
    const wrong = () => parseConfig(schema, { CLEANROOM_KEY_FILE: secret('shh'), CLEANROOM_PORT: 'x' });
    expect(wrong).toThrow(/CLEANROOM_KEY: .*\n.*CLEANROOM_PORT: /);
    expect(wrong).not.toThrow('shh');
  });
});
