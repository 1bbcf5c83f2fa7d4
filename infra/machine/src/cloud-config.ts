import { machineFiles } from './machine-files.js';
import { machineSettings } from './machine-settings.js';
import type { UserDataInput } from './user-data-input.js';
import { writtenFile } from './written-file.js';
import type { WrittenFile } from './written-file.js';

/** The cloud-config document that makes a stock Debian image a machine of ours. */
export type CloudConfig = ReturnType<typeof cloudConfig>;

/** @throws TypeError where a value holds a control character */
export const cloudConfig = (input: UserDataInput) => ({
  ...nobodyGetsIn,
  apt: overHttps,
  package_update: true,
  packages,
  write_files: files(input),
  runcmd: [
    ['/usr/local/lib/cleanroom/harden.sh'],
    ['systemctl', 'daemon-reload'],
    ['systemctl', 'enable', '--now', 'cleanroom-guard.service'],
    // Waits for nothing: the agent enrols, and so burns the ticket, while the runner is still being installed.
    ['systemctl', 'enable', '--now', '--no-block', 'cleanroom-agent.service'],
    ['/usr/local/lib/cleanroom/install-runner.sh', ...whereRunnerIs(input)],
  ],
});

/** Owns the rootless container engine and nothing else; config.toml names its socket by this number. */
const jobsUser = { name: 'cleanroom-jobs', uid: 1990, shell: '/usr/sbin/nologin', lock_passwd: true };

const nobodyGetsIn = {
  // Named alone, without `default`: the image's own user is not created.
  users: [jobsUser],
  disable_root: true,
  ssh_pwauth: false,
  ssh_deletekeys: true,
  ssh_genkeytypes: ['ed25519'],
  no_ssh_fingerprints: true,
  // Earlier than sshd: it never listens, not even until the first packages are there.
  bootcmd: [['systemctl', 'mask', '--now', 'ssh.service', 'ssh.socket', 'sshd.service']],
};

/** A policy with outbound rules leaves 53 and 443 open and no more, so Debian's packages come by TLS too. */
const overHttps = {
  primary: [{ arches: ['default'], uri: 'https://deb.debian.org/debian' }],
  security: [{ arches: ['default'], uri: 'https://deb.debian.org/debian-security' }],
};

const packages = [
  ...['ca-certificates', 'curl', 'gpg', 'nftables', 'openssl'],
  ...['crun', 'dbus-user-session', 'fuse-overlayfs', 'podman', 'slirp4netns', 'uidmap'],
];

const whereRunnerIs = ({ origin, originKey, runnerSha256 }: UserDataInput): string[] =>
  runnerSha256 ? [runnerSha256, origin, ...(originKey ? [originKey] : [])] : [];

const files = (input: UserDataInput): WrittenFile[] => [
  writtenFile('/etc/cleanroom/machine.json', '0600', machineSettings(input)),
  ...machineFiles.map(({ path, permissions, content }) => writtenFile(path, permissions, content)),
];
