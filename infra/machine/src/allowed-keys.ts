/**
 * The top-level keys of cloud-config that we write. cloud-init passes over a key that it does not know without a
 * word, and knows many that would open the machine (`ssh_authorized_keys`, `password`, `phone_home`): so what may
 * appear is named here and nowhere else.
 */
export const allowedKeys = [
  'apt',
  'bootcmd',
  'disable_root',
  'no_ssh_fingerprints',
  'package_update',
  'packages',
  'runcmd',
  'ssh_deletekeys',
  'ssh_genkeytypes',
  'ssh_pwauth',
  'users',
  'write_files',
] as const;

/** @throws TypeError naming every key that is not on our list */
export function refuseOtherKeys(document: object): void {
  const allowed: readonly string[] = allowedKeys;
  const others = Object.keys(document).filter((key) => !allowed.includes(key));
  if (others.length > 0) throw new TypeError(`cloud-config must not hold ${others.join(', ')}`);
}
