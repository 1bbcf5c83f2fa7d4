import type { HetznerProjectChangedSchema } from '@cleanroom/contracts';
import { protectByOrganization } from '@cleanroom/persistence';
import type { EntityManager, MigrationInterface, QueryRunner } from 'typeorm';
import type { IncomingEvent } from '../src/consumer.js';

/** Where the handlers of these specs write down what they got. */
export class CreateEffect implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE effect (place bigint GENERATED ALWAYS AS IDENTITY, organization_id text NOT NULL, key text NOT NULL,
         version bigint NOT NULL)`,
    );
    for (const sql of protectByOrganization('effect')) await runner.query(sql);
  }
  async down(): Promise<void> {}
}

export type ProjectEvent = IncomingEvent<typeof HetznerProjectChangedSchema>;
export type Handler = (tx: EntityManager, event: ProjectEvent) => Promise<void>;

/** What the handler of these specs does unless told otherwise: it writes down what it got. */
export const writeEffect: Handler = (tx, { organizationId, key, version }) =>
  tx.query('INSERT INTO effect (organization_id, key, version) VALUES ($1, $2, $3)', [
    organizationId,
    key,
    version.toString(),
  ]);

/** As every consumer of the product does: what is not above the known version changes nothing. */
export const writeNews: Handler = (tx, { organizationId, key, version }) =>
  tx.query(
    `INSERT INTO effect (organization_id, key, version) SELECT $1::text, $2::text, $3::bigint
     WHERE NOT EXISTS (SELECT FROM effect WHERE key = $2 AND version >= $3)`,
    [organizationId, key, version.toString()],
  );
