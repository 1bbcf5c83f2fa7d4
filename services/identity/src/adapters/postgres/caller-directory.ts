import type { Clock, Role } from '@cleanroom/kernel';
import { acrossOrganizations, inOrganization, type Database } from '@cleanroom/persistence';
import type { KnownToken } from '../../actions/sessions.js';

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

/** A machine with what its credential and proof are checked against. */
export interface EnrolledRow {
  id: string;
  organization_id: string;
  runner_id: string;
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

  byToken(hash: Uint8Array): Promise<KnownToken | undefined> {
    return this.userBy(
      `SELECT id, organization_id, name, role, expires_at, last_used_at FROM api_token
       WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`,
      hash,
    );
  }

  /** Whoever signed in at the console, for as long as the token is good that they signed in with. */
  bySession(hash: Uint8Array): Promise<KnownToken | undefined> {
    return this.userBy(
      `SELECT token.id, token.organization_id, token.name, token.role, session.expires_at, token.last_used_at
       FROM session JOIN api_token token ON token.id = session.api_token_id
       WHERE session.hash = $1 AND token.revoked_at IS NULL AND session.expires_at > $2`,
      hash,
    );
  }

  private async userBy(sql: string, hash: Uint8Array): Promise<KnownToken | undefined> {
    // Of tokens the wall clock tells, as everywhere outside.
    const parameters = [Buffer.from(hash), new Date()];
    const [row]: TokenRow[] = await acrossOrganizations(this.database, (tx) => tx.query(sql, parameters));
    if (!row) return undefined;
    await this.noteUse(row);
    const { id: tokenId, organization_id: organizationId, role, name } = row;
    return { caller: { kind: 'user', organizationId, role, name, tokenId }, expiresAt: row.expires_at };
  }

  /** An enrolled machine in this generation, unless it may not act any more. */
  async byMachine(id: string, generation: number): Promise<EnrolledRow | undefined> {
    const [row]: EnrolledRow[] = await acrossOrganizations(this.database, (tx) =>
      tx.query(
        `SELECT id, organization_id, runner_id, generation, address, public_key FROM machine
         WHERE id = $1 AND generation = $2 AND public_key IS NOT NULL AND NOT revoked AND NOT deleted AND NOT quarantined`,
        [id, generation],
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
   * Whether a proof is used for the first time. In the database, because two replicas must not each let a proof through
   * once. Old ones, whose proofs are stale, are forgotten on the way, past those that a neighbour is forgetting.
   */
  async useOnce(nonce: string): Promise<boolean> {
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
