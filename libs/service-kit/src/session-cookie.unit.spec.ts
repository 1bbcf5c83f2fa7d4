import { NO_SESSION_COOKIE, sessionCookie, sessionIn } from './session-cookie.js';

it.each([
  ['__Host-cleanroom=crs_a', 'crs_a'],
  ['theme=dark; __Host-cleanroom=crs_a; other=1', 'crs_a'],
  ['__Host-cleanroom=', undefined],
  ['x__Host-cleanroom=crs_a', undefined],
  ['__Host-cleanroomx=crs_a', undefined],
  ['', undefined],
  [undefined, undefined],
  [['__Host-cleanroom=crs_a'], undefined],
  [`${'a=b; '.repeat(2_000)}__Host-cleanroom=crs_a`, undefined],
])('finds in %.60j the session %j', (cookies, session) => {
  expect(sessionIn(cookies)).toBe(session);
});

it('is kept out of reach of scripts, of other sites and of other hosts', () => {
  for (const cookie of [sessionCookie('crs_a', 60), NO_SESSION_COOKIE]) {
    expect(cookie).toMatch(/^__Host-cleanroom=/);
    for (const word of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Strict'])
      expect(cookie.split('; ')).toContain(word);
    expect(cookie).not.toContain('Domain');
  }
});
