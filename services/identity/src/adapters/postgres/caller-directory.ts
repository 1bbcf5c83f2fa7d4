import type { Clock, Caller, Role } from '@cleanroom/kernel';
import { acrossOrganizations, inOrganization, type Database } from '@cleanroom/persistence';

/** Between two notes of a token's use, by the product's clock. */
const NOTE_EVERY_MS = 60_000;

interface TokenRow {
  id: string;
  organization_id: string;
  name: string;
  role: Role;
  expires_at: Date | null;
  last_used_at: Date | null;
}

/** A machine that a credential belongs to, with what its proof is checked against. */
export interface CredentialRow {
  id: string;
  organization_id: string;
  runner_id: string;
  pool_id: string;
  generation: number;
  address: string;
  public_key: string;
}

/** Finds who somebody is by the hash of what they showed; that must come before any organisation is known. */
export class CallerDirectory {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async byToken(hash: Uint8Array): Promise<{ caller: Caller; expiresAt: Date | null } | undefined> {
    const [row]: TokenRow[] = await acrossOrganizations(this.database, (tx) =>
      tx.query(
        `SELECT id, organization_id, name, role, expires_at, last_used_at FROM api_token
         WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`,
        [Buffer.from(hash), this.clock.now()],
      ),
    );
    if (!row) return undefined;
    await this.noteUse(row);
    const { id: tokenId, organization_id: organizationId, role, name } = row;
    return { caller: { kind: 'user', organizationId, role, name, tokenId }, expiresAt: row.expires_at };
  }

  async byCredential(hash: Uint8Array): Promise<CredentialRow | undefined> {
    const [row]: CredentialRow[] = await acrossOrganizations(this.database, (tx) =>
      tx.query(
        `SELECT machine.id, machine.organization_id, runner_id, pool_id, generation, address, public_key
         FROM machine_credential AS credential JOIN machine
           ON machine.id = credential.machine_id AND machine.ticket_hash = credential.ticket_hash
         WHERE credential.hash = $1 AND credential.expires_at > $2 AND NOT revoked AND NOT deleted AND NOT quarantined`,
        [Buffer.from(hash), this.clock.now()],
      ),
    );
    return row;
  }

  /** The organisation of a machine that has yet to enrol. */
  async organizationOfMachine(id: string): Promise<string | undefined> {
    const [row]: { organization_id: string }[] = await acrossOrganizations(this.database, (tx) =>
      tx.query(`SELECT organization_id FROM machine WHERE id = $1`, [id]),
    );
    return row?.organization_id;
  }

  /**
   * Whether a nonce is used for the first time. In the database, because two replicas must not each let a proof through
   * once. Old ones, whose proofs are stale, are forgotten on the way, past those that a neighbour is forgetting.
   */
  async useNonce(nonce: string): Promise<boolean> {
    const inserted: unknown[] = await this.database.app.query(
      `WITH stale AS (
         SELECT nonce FROM proof_nonce WHERE seen_at < now() - interval '5 minutes' LIMIT 10 FOR UPDATE SKIP LOCKED),
       forgotten AS (DELETE FROM proof_nonce USING stale WHERE proof_nonce.nonce = stale.nonce)
       INSERT INTO proof_nonce (nonce) VALUES ($1) ON CONFLICT DO NOTHING RETURNING nonce`,
      [nonce],
    );
    return inserted.length > 0;
  }

  private async noteUse({
    id,
    organization_id: organizationId,
    last_used_at: last,
  }: TokenRow): Promise<void> {
    const now = this.clock.now();
    if (last && now.getTime() - last.getTime() < NOTE_EVERY_MS) return;
    await inOrganization(this.database, organizationId, (tx) =>
      tx.query(`UPDATE api_token SET last_used_at = $2 WHERE id = $1`, [id, now]),
    );
  }
}
