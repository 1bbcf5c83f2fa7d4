import { gzipSync } from 'node:zlib';
import { renderUserData } from '@cleanroom/machine';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { readUserData } from './read-user-data.js';

const expected = { origin: 'http://o', machineId: 'm', generation: 2, ticket: 't' };
const settings = JSON.stringify({ ...expected, originKey: 'k' });
const documentWith = (file: object): string =>
  `#cloud-config\n${stringify({ write_files: [{ path: '/etc/cleanroom/machine.json', ...file }] })}`;

describe('what a guest reads from user data', () => {
  it.each([
    ['plain', { content: settings }],
    ['base64', { content: Buffer.from(settings).toString('base64'), encoding: 'b64' }],
    ['packed', { content: gzipSync(settings).toString('base64'), encoding: 'gz+b64' }],
  ])('is the agent settings, written %s', (_, file) => {
    expect(readUserData(documentWith(file))).toEqual(expected);
  });

  it('is the same where the whole document is JSON', () => {
    const write_files = [{ path: '/etc/cleanroom/machine.json', permissions: '0600', content: settings }];
    expect(readUserData(`#cloud-config\n${JSON.stringify({ write_files })}`)).toEqual(expected);
  });

  it.each([
    ['a script', '#!/bin/sh\n'],
    ['nothing', ''],
    ['a document without our file', '#cloud-config\nwrite_files: []\n'],
    ['a document that is no map', '#cloud-config\n- 1\n'],
    ['settings without a ticket', documentWith({ content: settings.replace('ticket', 'other') })],
  ])('is nothing where it is %s', (_, userData) => {
    expect(readUserData(userData)).toBeUndefined();
  });

  it('is what was rendered for a real machine, in any writing', () => {
    const word = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text));
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1 }), word, (origin, machineId, generation, ticket) => {
        const input = { origin, machineId, generation, ticket };
        expect(readUserData(renderUserData(input))).toEqual(input);
      }),
    );
  });
});
