import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');

/** The second cells of the table under a heading. */
function filesOf(heading: string): string[] {
  const [section = ''] = readme.slice(readme.indexOf(heading) + heading.length).split(/\n##/);
  return [...section.matchAll(/^\|[^|]+\|\s*`([^`]+)`\s*\|$/gm)].map(([, file = '']) => file);
}

describe('the README', () => {
  const files = filesOf('### Where is …?');

  it('answers the questions that somebody new has', () => {
    expect(files.length).toBeGreaterThanOrEqual(20);
  });

  it.each(files)('points to %s, which is there', (file) => {
    expect(existsSync(`${root}${file}`)).toBe(true);
  });
});
