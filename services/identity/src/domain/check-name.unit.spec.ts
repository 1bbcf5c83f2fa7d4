import { checkName } from './check-name.js';

it('takes names of 1 to 100 characters, not counting the blanks around them', () => {
  for (const good of ['a', ' a ', 'x'.repeat(100), ` ${'x'.repeat(100)} `])
    expect(checkName(good, 'name')).toEqual([]);
  for (const bad of ['', '   ', 'x'.repeat(101)]) {
    expect(checkName(bad, 'input', 'name')).toEqual([
      expect.objectContaining({ code: 'INVALID', path: ['input', 'name'] }),
    ]);
  }
});
