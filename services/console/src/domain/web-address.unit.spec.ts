import { webAddress } from './web-address.js';

it.each(['https://gitlab.example/acme/web/-/jobs/1', 'http://127.0.0.1:8080/'])('goes to %s', (address) => {
  expect(webAddress(address)).toBe(address);
});

it.each([
  'javascript:alert(1)',
  ' JavaScript:alert(1)//https://gitlab.example',
  'java\nscript:alert(1)',
  'data:text/html,x',
  '/console/tokens',
  '//gitlab.example',
  '',
  null,
  undefined,
])('does not go to %j', (address) => {
  expect(webAddress(address)).toBeUndefined();
});
