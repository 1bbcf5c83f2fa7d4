import { bearerToken, socketToken } from './bearer-token.js';

describe('the token of an Authorization header', () => {
  it.each([
    ['Bearer crt_1', 'crt_1'],
    ['bearer crt_1', 'crt_1'],
    ['Bearer   crt_1 ', 'crt_1'],
    ['Bearer a.b-c_d~e+f/g=', 'a.b-c_d~e+f/g='],
  ])('is read from %j', (value, token) => {
    expect(bearerToken(value)).toBe(token);
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'crt_1',
    'Basic crt_1',
    'Bearer a b',
    'Bearer a\tb',
    'Bearer é',
    `Bearer ${'x'.repeat(1_024)}`,
    ['Bearer a', 'Bearer b'],
    7,
  ])('is not read from %j', (value) => {
    expect(bearerToken(value)).toBeUndefined();
  });
});

describe('the token of a socket', () => {
  it.each([
    { authorization: 'Bearer crt_1' },
    { Authorization: 'Bearer crt_1' },
    { AUTHORIZATION: 'crt_1' },
    { headers: { Authorization: 'Bearer crt_1' } },
    { headers: { authorization: 'crt_1' }, other: 1 },
  ])('is read from %j', (params) => {
    expect(socketToken(params)).toBe('crt_1');
  });

  it.each([
    undefined,
    null,
    'Bearer crt_1',
    {},
    { authorization: { a: 1 } },
    { authorization: 'two words' },
    { headers: 'authorization' },
    JSON.parse('{"__proto__":{"authorization":"crt_1"}}'),
  ])('is not read from %j', (params) => {
    expect(socketToken(params)).toBeUndefined();
  });
});
