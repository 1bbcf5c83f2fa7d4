import type pg from 'pg';

/** The channel on which the members of groups tell each other to share anew; the payload is the group. */
export const groupChannel = 'bus_group';

/** One partition that this member works on. */
export interface Claim {
  readonly topic: string;
  readonly partition: number;
  /** Grows with each change of owner: a commit under an older one changes nothing. */
  readonly epoch: bigint;
  /** Everything before this offset is done. */
  readonly committed: bigint;
}

export interface Commit {
  readonly topic: string;
  readonly partition: number;
  readonly epoch: bigint;
  readonly committed: bigint;
}

interface ClaimRow {
  readonly topic: string;
  readonly partition: number;
  readonly epoch: string;
  readonly committed: string;
}

const claimOf = (row: ClaimRow): Claim => ({
  topic: row.topic,
  partition: row.partition,
  epoch: BigInt(row.epoch),
  committed: BigInt(row.committed),
});

// Leases and commits may be lost with the machine: it costs a few repeated messages, so nobody waits for the disk.
const LAZY = `set_config('synchronous_commit', 'off', true)`;

/** Which partitions a member of a group holds; leases run by the database's clock. */
export class GroupClaims {
  constructor(
    private readonly pool: pg.Pool,
    private readonly group: string,
    private readonly member: string,
    private readonly topics: readonly string[],
    private readonly leaseSeconds: number,
  ) {}

  /** Makes the group known to all partitions of its topics, from their start. */
  async join(): Promise<void> {
    await this.pool.query(
      `INSERT INTO bus_claim (group_name, topic, partition)
       SELECT $1, topic, partition FROM bus_partition WHERE topic = ANY($2)
       ORDER BY topic, partition ON CONFLICT DO NOTHING`,
      [this.group, this.topics],
    );
  }

  /** Says that this member lives and extends its leases. Returns the partitions that are still its own. */
  async renew(): Promise<Claim[]> {
    const { rows } = await this.pool.query<ClaimRow>(
      `WITH lazy AS (SELECT ${LAZY}),
       alive AS (
         INSERT INTO bus_member (group_name, member, alive_until)
         SELECT $1, $2, now() + make_interval(secs => $3) FROM lazy
         ON CONFLICT (group_name, member) DO UPDATE SET alive_until = EXCLUDED.alive_until)
       UPDATE bus_claim SET lease_until = now() + make_interval(secs => $3)
       WHERE group_name = $1 AND owner = $2 RETURNING topic, partition, epoch, committed`,
      [this.group, this.member, this.leaseSeconds],
    );
    return rows.map(claimOf);
  }

  /** How many partitions a member may hold, so that all that live share them. */
  async fairShare(): Promise<number> {
    const { rows } = await this.pool.query<{ share: number }>(
      `SELECT ceil((SELECT count(*) FROM bus_claim WHERE group_name = $1 AND topic = ANY($2))::numeric
         / GREATEST(1, (SELECT count(*) FROM bus_member WHERE group_name = $1 AND alive_until > now())))::int AS share`,
      [this.group, this.topics],
    );
    return rows[0]?.share ?? 0;
  }

  /** Takes up to `limit` partitions that nobody holds, or whose holder's lease ran out. */
  async take(limit: number): Promise<Claim[]> {
    const { rows } = await this.pool.query<ClaimRow>(
      `WITH free AS MATERIALIZED (
         SELECT topic, partition FROM bus_claim
         WHERE group_name = $1 AND topic = ANY($2) AND (owner IS NULL OR lease_until < now())
         ORDER BY partition, topic LIMIT $3 FOR UPDATE SKIP LOCKED)
       UPDATE bus_claim AS c
       SET owner = $4, lease_until = now() + make_interval(secs => $5), epoch = c.epoch + 1
       FROM free WHERE c.group_name = $1 AND c.topic = free.topic AND c.partition = free.partition
       RETURNING c.topic, c.partition, c.epoch, c.committed`,
      [this.group, this.topics, limit, this.member, this.leaseSeconds],
    );
    return rows.map(claimOf);
  }

  /** Saves how far partitions are done; a partition that another has taken over keeps what the other saves. */
  async commit(commits: readonly Commit[]): Promise<void> {
    await this.pool.query(
      `WITH lazy AS (SELECT ${LAZY}),
       done AS (SELECT d.* FROM lazy, unnest($2::text[], $3::smallint[], $4::bigint[], $5::bigint[])
         AS d (topic, partition, epoch, committed))
       UPDATE bus_claim AS c SET committed = done.committed FROM done
       WHERE c.group_name = $1 AND c.topic = done.topic AND c.partition = done.partition AND c.epoch = done.epoch`,
      [
        this.group,
        commits.map(({ topic }) => topic),
        commits.map(({ partition }) => partition),
        commits.map(({ epoch }) => epoch.toString()),
        commits.map(({ committed }) => committed.toString()),
      ],
    );
  }

  /** Lets partitions go and tells the other members. */
  async release(claims: readonly Pick<Claim, 'topic' | 'partition'>[]): Promise<void> {
    await this.pool.query(
      `WITH let AS (SELECT * FROM unnest($3::text[], $4::smallint[]) AS l (topic, partition)),
       freed AS (
         UPDATE bus_claim AS c SET owner = NULL, lease_until = NULL FROM let
         WHERE c.group_name = $1 AND c.owner = $2 AND c.topic = let.topic AND c.partition = let.partition)
       SELECT pg_notify('${groupChannel}', $1)`,
      [this.group, this.member, claims.map(({ topic }) => topic), claims.map(({ partition }) => partition)],
    );
  }

  /** Tells the other members to share anew. */
  async announce(): Promise<void> {
    await this.pool.query(`SELECT pg_notify('${groupChannel}', $1)`, [this.group]);
  }

  /** Leaves the group, so that the others need not wait for the leases to run out. */
  async leave(): Promise<void> {
    await this.pool.query(
      `WITH gone AS (DELETE FROM bus_member WHERE group_name = $1 AND (member = $2 OR alive_until < now() - interval '1 hour')),
       freed AS (UPDATE bus_claim SET owner = NULL, lease_until = NULL WHERE group_name = $1 AND owner = $2)
       SELECT pg_notify('${groupChannel}', $1)`,
      [this.group, this.member],
    );
  }
}
