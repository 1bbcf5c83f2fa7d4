import { gzipSync } from 'node:zlib';
import { renderUserData } from '@cleanroom/machine';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { readUserData } from './read-user-data.js';

const settings =
  'CLEANROOM_ORIGIN=http://o\nCLEANROOM_MACHINE=m\nCLEANROOM_GENERATION=2\nCLEANROOM_TICKET=t\n';
const documentWith = (file: object): string =>
  `#cloud-config\n${stringify({ write_files: [{ path: '/etc/cleanroom/agent.env', ...file }] })}`;
const expected = { origin: 'http://o', machineId: 'm', generation: 2, ticket: 't' };

describe('what a guest reads from user data', () => {
  it.each([
    ['plain', { content: settings }],
    ['base64', { content: Buffer.from(settings).toString('base64'), encoding: 'b64' }],
    ['packed', { content: gzipSync(settings).toString('base64'), encoding: 'gz+b64' }],
  ])('is the agent settings, written %s', (_, file) => {
    expect(readUserData(documentWith(file))).toEqual(expected);
  });

  it.each([
    ['a script', '#!/bin/sh\n'],
    ['nothing', ''],
    ['a document without our file', '#cloud-config\nwrite_files: []\n'],
    ['a document that is no map', '#cloud-config\n- 1\n'],
    ['settings without a ticket', documentWith({ content: settings.replace(/CLEANROOM_TICKET.*\n/, '') })],
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
