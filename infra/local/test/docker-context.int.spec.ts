import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyContext, hiddenFromGit, hiddenFromImages } from './docker-context.js';

describe('what the build of an image is sent', () => {
  it('is nothing that git does not know either: keys and passwords among it', () => {
    const { length } = hiddenFromGit();
    expect(length).toBeGreaterThan(0);
    expect(hiddenFromImages()).toEqual(expect.arrayContaining(hiddenFromGit()));
  });

  it('is the workspace without what is made of it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cleanroom-context-'));
    copyContext(folder);
    const sent = ['package.json', '.npmrc', 'services/billing/src/main.ts'];
    const kept = ['.git', 'node_modules', 'services/billing/dist', '.cleanroom'];
    expect(sent.filter((path) => existsSync(join(folder, path)))).toEqual(sent);
    expect(kept.filter((path) => existsSync(join(folder, path)))).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
