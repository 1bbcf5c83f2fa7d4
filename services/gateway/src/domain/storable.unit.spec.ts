import { isStorable } from './storable.js';

describe('whether text can be stored', () => {
  it.each(['', 'linux', 'Übergröße', '🧹', 'line\nbreak', 7, null, undefined, true])(
    'is so of %j',
    (value) => {
      expect(isStorable(value)).toBe(true);
    },
  );

  it.each(['\0', 'a\0b', '\ud83e', '\uddf9', 'x\udfff\ud800'])('is not so of %j', (text) => {
    expect(isStorable(text)).toBe(false);
    expect(isStorable({ input: { tags: ['linux', { deep: text }] } })).toBe(false);
    expect(isStorable({ input: [{ [text]: 1 }] })).toBe(false);
  });

  it('is found however deep the text is', () => {
    let value: unknown = '\0';
    for (let depth = 0; depth < 20_000; depth++) value = [value];
    expect(isStorable(value)).toBe(false);
  });
});
