import { installationKeys, type InstallationKeys } from '../installation-keys.js';
import { serviceNames } from '../service-names.js';
import { secretFiles } from './secret-files.js';

describe('the secrets of an installation', () => {
  const stores = { postgres: 'db.example:5432', bus: 'kafka://kafka.example:9092' };
  let keys: InstallationKeys;
  beforeAll(async () => {
    keys = await installationKeys();
  });

  it('name each role of each database once, with the password that its service is given', () => {
    const files = secretFiles(keys, stores);
    const sql = files.get('postgres/databases.sql') ?? '';
    for (const name of serviceNames)
      for (const [file, role] of [
        [`${name}/CLEANROOM_DATABASE_URL`, 'app'],
        [`${name}/CLEANROOM_DATABASE_WORKER_URL`, 'worker'],
        [`${name}-migration/CLEANROOM_DATABASE_OWNER_URL`, 'owner'],
      ] as const) {
        const { username, password, host, pathname } = new URL(files.get(file) ?? '');
        expect([username, host, pathname]).toEqual([`${name}_${role}`, 'db.example:5432', `/${name}`]);
        expect(sql.split(`CREATE ROLE ${name}_${role} LOGIN`)).toHaveLength(2);
        expect(sql).toMatch(new RegExp(`CREATE ROLE ${name}_${role} .* PASSWORD '${password}';`));
      }
  });

  it('never use a password twice, and make others each time', () => {
    const passwords = () =>
      [
        ...secretFiles(keys, stores)
          .get('postgres/databases.sql')!
          .matchAll(/PASSWORD '(\w+)'/g),
      ].map(([, password]) => password);
    const both = [...passwords(), ...passwords()];
    expect(new Set(both).size).toBe(both.length);
    expect(both.length).toBe(2 * 3 * serviceNames.length);
  });

  it('give a private key to the one who opens with it, and the public ones to identity', () => {
    const files = secretFiles(keys, stores);
    const publicKeys = JSON.parse(files.get('identity/CLEANROOM_RECIPIENT_KEYS') ?? '') as Record<
      string,
      string
    >;
    for (const [name, { privateKey, publicKey }] of Object.entries(keys.recipientKeys)) {
      expect(publicKeys[name]).toBe(publicKey);
      const holders = [...files].filter(([, content]) => content.includes(privateKey)).map(([path]) => path);
      expect(holders).toEqual([`${name}/CLEANROOM_RECIPIENT_PRIVATE_KEY`]);
    }
  });
});
