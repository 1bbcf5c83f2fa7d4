import { refuseOtherKeys } from './allowed-keys.js';

describe('the keys of cloud-config', () => {
  it('may be those on our list', () => {
    expect(() => refuseOtherKeys({ write_files: [], runcmd: [] })).not.toThrow();
  });

  it.each([
    'ssh_authorized_keys',
    'password',
    'chpasswd',
    'phone_home',
    'ssh_import_id',
    'writefiles',
    '__proto__x',
  ])('may not be %s', (key) => {
    expect(() => refuseOtherKeys({ runcmd: [], [key]: 'x' })).toThrow(`cloud-config must not hold ${key}`);
  });
});
