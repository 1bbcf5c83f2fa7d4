import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parse } from 'yaml';
import { allowedKeys } from './allowed-keys.js';
import { cloudConfig } from './cloud-config.js';
import { machineSettings } from './machine-settings.js';
import { MAX_USER_DATA_BYTES, renderUserData } from './render-user-data.js';
import type { UserDataInput } from './user-data-input.js';

const plain: UserDataInput = {
  origin: 'https://cleanroom.example',
  originKey: 'R8r9sMVyUWs3qRvYl2Yt3zvT1vE5mS5kqGm2Y1yXhZQ=',
  machineId: 'mch_0a1b2c',
  generation: 3,
  ticket: 'crt_Zm9vYmFyYmF6',
};
const text = fc.string({ unit: 'binary', maxLength: 200 }).filter((value) => !/[\p{Cc}\p{Cs}]/u.test(value));
const anyInput = fc.record({
  origin: text,
  originKey: fc.option(text, { nil: undefined }),
  machineId: text,
  generation: fc.nat(),
  ticket: text,
});
const anyControl = fc.oneof(
  fc.integer({ min: 0, max: 31 }),
  fc.integer({ min: 127, max: 159 }),
  fc.integer({ min: 0xd800, max: 0xdfff }),
);

interface Rendered {
  write_files: { path: string; content: string; encoding?: string }[];
}
/** A document with every file unpacked, as one text. */
const unpacked = (rendered: string): string => {
  const { write_files: files, ...rest } = parse(rendered, { version: '1.1' }) as Rendered;
  const contents = files.map(({ content, encoding }) => {
    if (encoding === undefined) return content;
    const bytes = Buffer.from(content, 'base64');
    return (encoding === 'gz+b64' ? gunzipSync(bytes) : bytes).toString('utf8');
  });
  return [JSON.stringify(rest), ...contents].join('\n');
};

describe('rendered user data', () => {
  it('says what was meant, whatever is written in it', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const rendered = renderUserData(input);
        expect(parse(rendered, { version: '1.1' })).toEqual(cloudConfig(input));
        expect(unpacked(rendered)).toContain(machineSettings(input));
      }),
    );
  });

  it('begins as cloud-config, is printable ASCII and fits, whatever is written in it', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const rendered = renderUserData(input);
        expect(rendered.startsWith('#cloud-config\n')).toBe(true);
        expect(rendered).toMatch(/^[\n\x20-\x7e]*$/);
        expect(Buffer.byteLength(rendered)).toBeLessThan(MAX_USER_DATA_BYTES);
      }),
    );
  });

  it('has the settings of the agent as JSON, whose pin of the key is absent where there is none', () => {
    expect(JSON.parse(machineSettings(plain))).toEqual(plain);
    const { originKey: _, ...local } = { ...plain, origin: 'http://127.0.0.1:4000' };
    expect(Object.keys(JSON.parse(machineSettings(local)) as object)).toEqual([
      ...['origin', 'machineId', 'generation', 'ticket'],
    ]);
  });

  it('is refused where a value could begin a line of its own', () => {
    fc.assert(
      fc.property(text, text, anyControl, (before, after, code) => {
        const machineId = before + String.fromCharCode(code) + after;
        expect(() => renderUserData({ ...plain, machineId })).toThrow(TypeError);
      }),
    );
  });

  it('is refused where it would not fit', () => {
    expect(() => renderUserData({ ...plain, machineId: '\u00e9'.repeat(20_000) })).not.toThrow();
    const random = Array.from({ length: 30_000 }, (_, i) =>
      String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000)),
    ).join('');
    expect(() => renderUserData({ ...plain, machineId: random })).toThrow(RangeError);
  });

  it('is the same for the same input', () => {
    expect(renderUserData({ ...plain })).toBe(renderUserData({ ...plain }));
  });

  it('has no key that is not on our list', () => {
    const keys = Object.keys(parse(renderUserData(plain), { version: '1.1' }) as object);
    expect(keys.filter((key) => !(allowedKeys as readonly string[]).includes(key))).toEqual([]);
  });

  it('holds the ticket and no other secret, even where its caller holds many', () => {
    const canaries = {
      hetznerToken: 'CANARYhetzner0000000000000000000000000000000000000000000000000000',
      gitlabToken: 'glpat-CANARY',
      runnerToken: 'glrt-CANARY',
      ticketKey: 'CANARY-ticket-key',
      credential: 'CANARY-credential',
    };
    const everything = unpacked(renderUserData({ ...plain, ...canaries }));
    expect(everything).toContain(plain.ticket);
    for (const canary of Object.values(canaries)) expect(everything).not.toContain(canary);
    expect(everything.split(plain.ticket)).toHaveLength(2);
  });

  it('differs between two tickets in the settings of the agent alone', () => {
    const [one, other] = ['crt_one', 'crt_other'].map((ticket) => cloudConfig({ ...plain, ticket }));
    expect({ ...one, write_files: one!.write_files.slice(1) }).toEqual({
      ...other,
      write_files: other!.write_files.slice(1),
    });
  });
});
