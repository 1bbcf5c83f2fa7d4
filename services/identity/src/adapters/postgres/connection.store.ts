import { assignments, fromRow, insertion, makeDue } from '@cleanroom/persistence';
import type { Secret, Sealer } from '@cleanroom/secrets';
import type { EntityManager } from 'typeorm';
import type { ConnectionStore } from '../../ports.js';

/** What differs between the two kinds of connections. */
export interface ConnectionKind<C> {
  readonly table: 'hetzner_project' | 'gitlab_connection';
  readonly checkTable: 'hetzner_check' | 'gitlab_check';
  readonly columns: string;
  readonly bigints: readonly string[];
  /** Kind of the secret's binding: `hetzner-token` or `gitlab-token`. */
  readonly secretKind: string;
  /** Asks, of a connection `$1`, for what uses it. */
  readonly usedBy: string;
  /** Asks, of a row of the table named `connection`, for what ever used it. */
  readonly tracesOf: string;
  /** Tells the services that use it, with the token wrapped for each. */
  readonly tell: (tx: EntityManager, connection: C, token: Secret | undefined) => Promise<void>;
}

interface Connection {
  readonly id: string;
  readonly organizationId: string;
  readonly deleted: boolean;
}

/** Connections of one kind: their credentials sealed, their changes told in the same transaction. */
export class PostgresConnectionStore<C extends Connection> implements ConnectionStore<C> {
  constructor(
    private readonly tx: EntityManager,
    private readonly kind: ConnectionKind<C>,
    private readonly sealer: Sealer,
    private readonly now: () => Date,
  ) {}

  async find(id: string): Promise<C | undefined> {
    return (await this.read('WHERE id = $1', [id]))[0];
  }

  async lock(id: string): Promise<C | undefined> {
    return (await this.read('WHERE id = $1 FOR UPDATE', [id]))[0];
  }

  all(): Promise<C[]> {
    return this.read('WHERE NOT deleted ORDER BY id', []);
  }

  everUsed(): Promise<C[]> {
    return this.read(`AS connection WHERE NOT deleted OR EXISTS (${this.kind.tracesOf}) ORDER BY id`, []);
  }

  async tokenOf(id: string): Promise<Secret | undefined> {
    const rows: { organization_id: string; token_sealed: Buffer | null }[] = await this.tx.query(
      `SELECT organization_id, token_sealed FROM ${this.kind.table} WHERE id = $1`,
      [id],
    );
    const [row] = rows;
    return row?.token_sealed
      ? this.sealer.open(row.token_sealed, this.binding(row.organization_id, id))
      : undefined;
  }

  async insert(connection: C, token: Secret): Promise<boolean> {
    const tokenSealed = await this.sealer.seal(token, this.binding(connection.organizationId, connection.id));
    const { columns, placeholders, values } = insertion({ ...connection, tokenSealed });
    const inserted: unknown[] = await this.tx.query(
      `INSERT INTO ${this.kind.table} (${columns}) VALUES (${placeholders}) ON CONFLICT DO NOTHING RETURNING id`,
      values,
    );
    if (inserted.length === 0) return false;
    await this.tx.query(`INSERT INTO ${this.kind.checkTable} (id, organization_id) VALUES ($1, $2)`, [
      connection.id,
      connection.organizationId,
    ]);
    await makeDue(this.tx, this.kind.checkTable, connection.id, this.now());
    await this.kind.tell(this.tx, connection, token);
    return true;
  }

  async change(id: string, patch: Partial<C>, token?: Secret): Promise<C> {
    const known = await this.find(id);
    if (!known) throw new Error(`connection ${id} is not there`);
    const sealed = token
      ? { tokenSealed: await this.sealer.seal(token, this.binding(known.organizationId, id)) }
      : {};
    // What is disconnected is forgotten: nobody can use the credential again, not even with a copy of the database.
    const forgotten = patch.deleted ? { tokenSealed: null } : {};
    const { sql, values } = assignments({ ...patch, ...sealed, ...forgotten }, 2);
    await this.tx.query(
      `UPDATE ${this.kind.table} SET ${sql ? `${sql}, ` : ''}version = version + 1 WHERE id = $1`,
      [id, ...values],
    );
    const changed = await this.find(id);
    if (!changed) throw new Error(`connection ${id} is not there`);
    await this.kind.tell(this.tx, changed, await this.tokenOf(id));
    if (token) await makeDue(this.tx, this.kind.checkTable, id, this.now());
    return changed;
  }

  async checked(id: string, at: Date): Promise<void> {
    await this.tx.query(`UPDATE ${this.kind.table} SET last_checked_at = $2 WHERE id = $1`, [id, at]);
  }

  async isInUse(id: string): Promise<boolean> {
    const [row]: { used: boolean }[] = await this.tx.query(`SELECT EXISTS (${this.kind.usedBy}) AS used`, [
      id,
    ]);
    return row?.used ?? false;
  }

  private binding(organizationId: string, rowId: string) {
    return { organizationId, kind: this.kind.secretKind, rowId };
  }

  private async read(where: string, parameters: unknown[]): Promise<C[]> {
    const { columns, table, bigints } = this.kind;
    const rows: Record<string, unknown>[] = await this.tx.query(
      `SELECT ${columns} FROM ${table} ${where}`,
      parameters,
    );
    return rows.map((row) => fromRow<C>(row, bigints));
  }
}
