import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SCRIPT = fileURLToPath(new URL('../files/install-runner.sh', import.meta.url));
const OURS = 'F6403F6544A38863DAA0B6E03F01618A51312F3F';
const STRANGER = '0123456789ABCDEF0123456789ABCDEF01234567';
const SUBKEY = '89ABCDEF0123456789ABCDEF0123456789ABCDEF';

const primary = (fingerprint: string) =>
  `pub:-:4096:1:3F01618A51312F3F:::::::\nfpr:::::::::${fingerprint}:\n`;
const subkey = (fingerprint: string) => `sub:-:4096:1:1F01618A51312F3F:::::::\nfpr:::::::::${fingerprint}:\n`;

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cleanroom-install-'));
  for (const folder of ['bin', 'etc/apt/sources.list.d'])
    await mkdir(join(root, folder), { recursive: true });
  for (const name of ['systemctl', 'loginctl', 'apt-get', 'curl', 'id']) await command(name, 'exit 0');
});

afterEach(() => rm(root, { recursive: true }));

async function command(name: string, body: string): Promise<void> {
  const path = join(root, 'bin', name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
}

/** What is left behind by an installation from a key file that gpg describes so. */
async function installedWith(keys: string): Promise<'installed' | 'install-failed'> {
  await command('gpg', `cat <<'KEYS'\n${keys}KEYS`);
  const env = { PATH: `${join(root, 'bin')}:/usr/bin:/bin`, CLEANROOM_ROOT: root };
  await promisify(execFile)('sh', [SCRIPT], { env }).catch(() => undefined);
  const hasMark = access(join(root, 'var/lib/cleanroom/installed')).then(
    () => true,
    () => false,
  );
  return (await hasMark) ? 'installed' : 'install-failed';
}

describe('the installation of gitlab-runner', () => {
  it('trusts the one key that we know, with its subkeys', async () => {
    expect(await installedWith(primary(OURS) + subkey(SUBKEY))).toBe('installed');
  });

  it.each([
    ['another key', primary(STRANGER)],
    ['a key that comes beside ours', primary(OURS) + primary(STRANGER)],
    ['a key that has ours as its subkey', primary(STRANGER) + subkey(OURS)],
    ['no key', ''],
  ])('is refused with %s', async (_, keys) => {
    expect(await installedWith(keys)).toBe('install-failed');
  });

  describe('by its hash', () => {
    const program = '#!/bin/sh\necho runner\n';
    const sha256 = createHash('sha256').update(program).digest('hex');
    /** What curl was asked, where it brings `brought`. */
    async function fetched(brought: string, ...args: string[]): Promise<string[]> {
      await writeFile(join(root, 'brought'), brought);
      await command(
        'curl',
        `printf '%s\\n' "$@" >"${root}/asked"\nwhile [ "$1" != --output ]; do shift; done\ncp "${root}/brought" "$2"`,
      );
      const env = { PATH: `${join(root, 'bin')}:/usr/bin:/bin`, CLEANROOM_ROOT: root };
      await promisify(execFile)('sh', [SCRIPT, ...args], { env }).catch(() => undefined);
      return (await readFile(join(root, 'asked'), 'utf8')).trim().split('\n');
    }
    const installed = 'usr/local/bin/gitlab-runner';

    it('comes from our origin, by its key where that is pinned', async () => {
      const asked = await fetched(program, sha256, 'https://cleanroom.example', 'a2V5');
      expect(asked.at(-1)).toBe(`https://cleanroom.example/machine/v1/files/${sha256}`);
      expect(asked.join(' ')).toContain('--proto =https --retry 5 --pinnedpubkey sha256//a2V5 --output');
      expect(await readFile(join(root, installed), 'utf8')).toBe(program);
      await access(join(root, installed), constants.X_OK);
    });

    it('needs no pin', async () => {
      const asked = await fetched(program, sha256, 'http://127.0.0.1:4000');
      expect(asked.join(' ')).toContain('--proto =http --retry 5 --output');
      expect(await readFile(join(root, installed), 'utf8')).toBe(program);
    });

    it('is refused where it is another program', async () => {
      await fetched('#!/bin/sh\necho stranger\n', sha256, 'https://cleanroom.example');
      await expect(access(join(root, installed))).rejects.toThrow('ENOENT');
      await access(join(root, 'var/lib/cleanroom/install-failed'));
    });
  });
});
