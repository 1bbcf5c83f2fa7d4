import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a statement's lines say stands from the transaction that closes it: none is added later, and none emptied out. */
const statements = [
  // The whole transaction's number, also within a savepoint.
  `ALTER TABLE statement ADD closed_in xid8 NOT NULL DEFAULT pg_current_xact_id()`,
  `CREATE FUNCTION statement_takes_no_line() RETURNS trigger LANGUAGE plpgsql AS $function$
   BEGIN
     IF NOT EXISTS (SELECT FROM statement WHERE organization_id = NEW.organization_id AND month = NEW.statement_month
                    AND closed_in = pg_current_xact_id()) THEN
       RAISE EXCEPTION 'a closed statement does not change' USING ERRCODE = 'integrity_constraint_violation';
     END IF;
     RETURN NEW;
   END $function$`,
  `CREATE TRIGGER statement_line_is_late BEFORE INSERT ON statement_line
     FOR EACH ROW EXECUTE FUNCTION statement_takes_no_line()`,
  ...['statement', 'statement_line'].map(
    (table) =>
      `CREATE TRIGGER ${table}_stays BEFORE TRUNCATE ON ${table}
       FOR EACH STATEMENT EXECUTE FUNCTION statement_is_closed()`,
  ),
  // What has ended is looked for by its end: a report of a month reads that month, and not all of history.
  `CREATE INDEX meter_of_end ON meter (organization_id, ended_at)`,
];

export class ClosedForGood202611280800 implements MigrationInterface {
  readonly name = 'ClosedForGood202611280800';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX meter_of_end');
    for (const table of ['statement', 'statement_line'])
      await runner.query(`DROP TRIGGER ${table}_stays ON ${table}`);
    await runner.query('DROP TRIGGER statement_line_is_late ON statement_line');
    await runner.query('DROP FUNCTION statement_takes_no_line');
    await runner.query('ALTER TABLE statement DROP closed_in');
  }
}
