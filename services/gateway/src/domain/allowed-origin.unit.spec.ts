import { isAllowedOrigin, isOwnReading } from './allowed-origin.js';

describe('the page that opens a WebSocket', () => {
  const allowed = ['https://cleanroom.example', 'https://dashboard.example:8443'];

  it.each([
    ['no page at all', undefined, 'cleanroom.example'],
    ['a configured one', 'https://dashboard.example:8443', 'cleanroom.example'],
    ['one of the same host', 'http://127.0.0.1:4000', '127.0.0.1:4000'],
    ['one of the same host in capitals', 'http://LOCALHOST:4000', 'localhost:4000'],
  ])('may be %s', (_what, origin, host) => {
    expect(isAllowedOrigin(origin, host, allowed)).toBe(true);
  });

  it.each([
    ['a stranger’s', 'https://evil.example', 'cleanroom.example'],
    ['one whose name begins alike', 'https://cleanroom.example.evil.example', 'cleanroom.example'],
    ['one of another port', 'http://127.0.0.1:4001', '127.0.0.1:4000'],
    ['one without a name', 'null', 'cleanroom.example'],
    ['one that hides behind credentials', 'https://cleanroom.example@evil.example', 'cleanroom.example'],
    ['an empty one', '', undefined],
  ])('may not be %s', (_what, origin, host) => {
    expect(isAllowedOrigin(origin, host, allowed)).toBe(false);
  });
});

describe('a page that reads from its own origin', () => {
  const ours = { 'sec-fetch-site': 'same-origin' };

  it('is told by what the browser says of it', () => {
    expect(isOwnReading('GET', ours)).toBe(true);
  });

  it.each([
    ['nothing is said', 'GET', {}],
    ['somebody changes something', 'POST', ours],
    ['another page is named', 'GET', { ...ours, origin: 'https://evil.example' }],
    ['a sister of the origin reads', 'GET', { 'sec-fetch-site': 'same-site' }],
    ['a person typed the address', 'GET', { 'sec-fetch-site': 'none' }],
  ])('is none where %s', (_what, method, headers) => {
    expect(isOwnReading(method, headers)).toBe(false);
  });
});
