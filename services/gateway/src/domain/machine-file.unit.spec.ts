import { machineFile } from './machine-file.js';

const SHA256 = '0f'.repeat(32);

describe('a file for machines', () => {
  it('is named by its hash', () => {
    expect(machineFile(`/machine/v1/files/${SHA256}`)).toBe(SHA256);
  });

  it.each([
    '/machine/v1/files/',
    `/machine/v1/files/${SHA256}0`,
    `/machine/v1/files/${SHA256.toUpperCase()}`,
    `/machine/v1/files/../files/${SHA256}`,
    `/machine/v1/files/${SHA256}/x`,
    '/machine/v1/files/gateway.key',
  ])('is not at %s', (path) => {
    expect(machineFile(path)).toBeUndefined();
  });
});
