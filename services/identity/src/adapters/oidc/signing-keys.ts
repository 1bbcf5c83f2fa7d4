import { randomUUID } from 'node:crypto';
import type { Clock, Log } from '@cleanroom/kernel';
import type { Database } from '@cleanroom/persistence';
import { Secret, type Sealer } from '@cleanroom/secrets';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { expiredKeys, missingKey, signingKey, type KeyTimes } from '../../domain/key-rotation.js';

export const SIGNING_ALGORITHM = 'RS256';

interface KeyRow extends KeyTimes {
  readonly publicJwk: JWK;
  readonly privateSealed: Buffer;
}

/** The installation's own keys belong to no organisation. */
const binding = (rowId: string) => ({ organizationId: 'installation', kind: 'oidc-key', rowId });

/** The keys with which workload tokens are signed, rotated in time for everybody who caches the published ones. */
export class SigningKeys {
  private current: { id: string; key: CryptoKey } | undefined;

  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** What verifiers may see: the current key, the next, and the last for as long as its tokens live. */
  async published(): Promise<JWK[]> {
    return (await this.rotated()).map(({ id, publicJwk }) => ({
      ...publicJwk,
      kid: id,
      use: 'sig',
      alg: SIGNING_ALGORITHM,
    }));
  }

  async signing(): Promise<{ id: string; key: CryptoKey }> {
    const row = signingKey(await this.rotated(), this.clock.now());
    if (!row) throw new Error('there is no signing key');
    if (this.current?.id === row.id) return this.current;
    const secret = await this.sealer.open(row.privateSealed, binding(row.id));
    const key = (await importJWK(JSON.parse(secret.reveal()) as JWK, SIGNING_ALGORITHM)) as CryptoKey;
    this.current = { id: row.id, key };
    return this.current;
  }

  private async rotated(): Promise<KeyRow[]> {
    const now = this.clock.now();
    const known = await this.read();
    const expired = new Set(expiredKeys(known, now).map(({ id }) => id));
    if (expired.size > 0) {
      await this.database.app.query(`DELETE FROM oidc_key WHERE id = ANY($1)`, [[...expired]]);
    }
    const keys = known.filter(({ id }) => !expired.has(id));
    const from = missingKey(keys, now);
    if (!from) return keys;
    await this.create(from);
    return this.read();
  }

  /** Of two replicas that find the same key missing, one stores it: `signs_from` is unique. */
  private async create(signsFrom: Date): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair(SIGNING_ALGORITHM, {
      modulusLength: 2048,
      extractable: true,
    });
    const id = randomUUID();
    const sealed = await this.sealer.seal(
      new Secret(JSON.stringify(await exportJWK(privateKey))),
      binding(id),
    );
    await this.database.app.query(
      `INSERT INTO oidc_key (id, signs_from, public_jwk, private_sealed) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [id, signsFrom, JSON.stringify(await exportJWK(publicKey)), sealed],
    );
    this.log.info({ key: id, signsFrom }, 'a signing key was published');
  }

  private read(): Promise<KeyRow[]> {
    return this.database.app.query(
      `SELECT id, signs_from AS "signsFrom", public_jwk AS "publicJwk", private_sealed AS "privateSealed" FROM oidc_key ORDER BY signs_from`,
    );
  }
}
