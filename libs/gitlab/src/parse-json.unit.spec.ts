import fc from 'fast-check';
import { parseJson } from './parse-json.js';

describe('what a GitLab answers', () => {
  it('has no text that a database would refuse, and none without an end', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 50 });
    fc.assert(
      fc.property(fc.dictionary(texts, fc.array(texts)), (value) => {
        for (const text of Object.values(
          parseJson(JSON.stringify(value)) as Record<string, string[]>,
        ).flat()) {
          expect(text.isWellFormed()).toBe(true);
          expect(text).not.toContain('\0');
        }
      }),
    );
    expect((parseJson(JSON.stringify({ name: 'x'.repeat(1e6) })) as { name: string }).name).toHaveLength(
      4_000,
    );
  });

  it('keeps its names and notes as they are', () => {
    const note = { name: 'build: [ärger] 🧪', note: 'one\nline\tand more' };
    expect(parseJson(JSON.stringify(note))).toEqual(note);
  });
});
