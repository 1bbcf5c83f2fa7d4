import { cloudConfig } from './cloud-config.js';
import { machineFiles } from './machine-files.js';

const contentOf = (name: string): string =>
  machineFiles.find(({ path }) => path.endsWith(`/${name}`))!.content;

describe('the runner configuration', () => {
  const config = contentOf('config.toml');
  /** All values of a key, as they are written. */
  const values = (key: string): string[] =>
    [...config.matchAll(new RegExp(`^\\s*${key} = (.*)$`, 'gm'))].map(([, value]) => value!);

  it('takes one job at a time from a container without privileges', () => {
    expect(values('concurrent')).toEqual(['1']);
    expect(values('limit')).toEqual(['1']);
    expect(values('executor')).toEqual(['"docker"']);
    expect([...values('privileged'), ...values('services_privileged')]).toEqual(['false', 'false']);
  });

  it('drops every capability, gives none back, and lets no process gain privileges', () => {
    expect(values('cap_drop')).toEqual(['["ALL"]']);
    expect(values('cap_add')).toEqual([]);
    for (const key of ['security_opt', 'services_security_opt'])
      expect(values(key)).toEqual(['["no-new-privileges:true"]']);
  });

  it('shares neither the host, nor an engine socket, nor a device with a job', () => {
    expect(values('volumes')).toEqual(['["/run/cleanroom/identity:/run/cleanroom/identity:ro"]']);
    for (const key of ['network_mode', 'pid_mode', 'ipc_mode', 'userns_mode', 'devices', 'volumes_from'])
      expect(values(key)).toEqual([]);
  });

  it('speaks to the engine of the user who owns nothing else', () => {
    const { users } = cloudConfig({ origin: 'o', machineId: 'm', generation: 1, ticket: 't' });
    expect(users).toHaveLength(1);
    const { uid, lock_passwd: locked, shell } = users[0]!;
    expect(values('host')).toEqual([`"unix:///run/user/${uid}/podman/podman.sock"`]);
    expect({ locked, shell }).toEqual({ locked: true, shell: '/usr/sbin/nologin' });
    // What else cloud-init could give a user opens a door: keys, sudo, a password, a group.
    expect(Object.keys(users[0]!).sort()).toEqual(['lock_passwd', 'name', 'shell', 'uid']);
  });

  it('writes no trace in which a job could be made to show its secrets', () => {
    expect(values('debug_trace_disabled')).toEqual(['true']);
    expect(values('FF_GIT_URLS_WITHOUT_TOKENS')).toEqual(['true']);
  });

  it('keeps neither an image nor a cache that somebody else could have filled', () => {
    for (const key of ['pull_policy', 'allowed_pull_policies']) expect(values(key)).toEqual(['["always"]']);
    expect(values('disable_cache')).toEqual(['true']);
  });
});

describe('the files of a machine', () => {
  it('are read by root alone, but for the units', () => {
    const open = machineFiles.filter(({ permissions }) => permissions === '0644').map(({ path }) => path);
    expect(open.every((path) => path.startsWith('/etc/systemd/system/'))).toBe(true);
  });

  it('start no agent without the guard', () => {
    expect(contentOf('cleanroom-agent.service')).toMatch(/^Requires=cleanroom-guard\.service$/m);
    expect(contentOf('cleanroom-agent.service')).toMatch(/^After=.*cleanroom-guard\.service$/m);
  });

  it('give the agent no privilege that it was not started with, and little to write to', () => {
    const unit = contentOf('cleanroom-agent.service');
    for (const line of ['NoNewPrivileges=yes', 'ProtectSystem=strict', 'RestrictSUIDSGID=yes', 'UMask=0077'])
      expect(unit.split('\n')).toContain(line);
  });

  it('mask every way to log in', () => {
    for (const unit of [
      'ssh.service',
      'ssh.socket',
      'getty@.service',
      'serial-getty@.service',
      'debug-shell.service',
    ])
      expect(contentOf('harden.sh')).toContain(unit);
  });
});
