import { checkGitLabToken, checkHetznerToken } from './check-token.js';

const refused = (path: string) => [expect.objectContaining({ code: 'CREDENTIALS_INVALID', path: [path] })];

it('takes for a Hetzner token what has the form of one', () => {
  expect(checkHetznerToken('aB3'.repeat(21) + 'x', 'apiToken')).toEqual([]);
  for (const wrong of ['', 'a'.repeat(63), 'a'.repeat(65), `${'a'.repeat(63)}-`, `${'a'.repeat(64)}\n`]) {
    expect(checkHetznerToken(wrong, 'apiToken')).toEqual(refused('apiToken'));
  }
});

it('takes for a GitLab token what a header can carry', () => {
  expect(checkGitLabToken('glpat-1_2.3', 'accessToken')).toEqual([]);
  for (const wrong of ['', 'a b', 'a\nb', 'é', 'a'.repeat(513)]) {
    expect(checkGitLabToken(wrong, 'accessToken')).toEqual(refused('accessToken'));
  }
});
