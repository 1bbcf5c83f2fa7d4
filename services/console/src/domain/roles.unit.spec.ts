import { mayDo } from './roles.js';

it.each([
  ['VIEWER', 'OPERATOR', false],
  ['OPERATOR', 'OPERATOR', true],
  ['OPERATOR', 'OWNER', false],
  ['OWNER', 'OPERATOR', true],
  [undefined, 'VIEWER', false],
] as const)('whether %s may do what %s may: %s', (role, least, may) => {
  expect(mayDo(role, least)).toBe(may);
});
