import { describeUnless } from '@cleanroom/testing';
import { spawnSync } from 'node:child_process';

/** Debian's name of the package that a program is in. */
const packageOf: Record<string, string> = {
  nft: 'nftables',
  ip: 'iproute2',
  unshare: 'util-linux',
  setpriv: 'util-linux',
  bwrap: 'bubblewrap',
};

const has = (tool: string): boolean => spawnSync('sh', ['-c', 'command -v "$1"', 'sh', tool]).status === 0;

/** `describe` for specs that need programs of the system, see {@link describeUnless}. */
export function describeWith(tools: readonly string[], name: string, specs: () => void): void {
  const missing = tools.filter((tool) => !has(tool));
  const packages = missing.map((tool) => packageOf[tool] ?? tool).join(' ');
  describeUnless(missing.length > 0 ? `apt-get install ${packages}` : undefined, name, specs);
}
