import { connectionsInWords } from './connection-words.js';

it('says at once whether a connection needs a look', () => {
  expect(connectionsInWords([])).toBe('Nothing is connected yet.');
  expect(connectionsInWords(['CONNECTED', 'CONNECTED'])).toBe('All 2 are connected.');
  expect(connectionsInWords(['CONNECTED', 'UNREACHABLE'])).toBe('1 of 2 needs a look.');
  expect(connectionsInWords(['CREDENTIALS_INVALID', 'UNREACHABLE'])).toBe('2 of 2 need a look.');
});
