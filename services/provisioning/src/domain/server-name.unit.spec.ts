import { gitlabDescription, isGitLabDescription } from './server-name.js';

describe('what a GitLab runner is called', () => {
  it('tells its machine and generation, and is known for one of ours', () => {
    const text = gitlabDescription('mch_01', 12);
    expect(text).toBe('cr-mch_01-g12');
    expect(isGitLabDescription(text)).toBe(true);
  });

  it.each(['linux-1', 'cr-mch_01', 'cr--g', 'my cr-mch_01-g1', ''])('is not "%s"', (text) => {
    expect(isGitLabDescription(text)).toBe(false);
  });
});
