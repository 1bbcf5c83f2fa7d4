import { runOnce } from '@cleanroom/testing';

/** Notes, from now on, how many rows each statement deletes from a table, each with its transaction. */
export const noteDeletions = async (adminUrl: string, table: string): Promise<void> => {
  for (const sql of [
    'CREATE TABLE deletion (number bigint GENERATED ALWAYS AS IDENTITY, transaction xid8, amount integer)',
    `CREATE FUNCTION note_deletion() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS $function$
     BEGIN
       INSERT INTO deletion (transaction, amount) SELECT pg_current_xact_id(), count(*) FROM gone;
       RETURN NULL;
     END $function$`,
    `CREATE TRIGGER note_deletion AFTER DELETE ON ${table} REFERENCING OLD TABLE AS gone
     FOR EACH STATEMENT EXECUTE FUNCTION note_deletion()`,
  ])
    await runOnce(adminUrl, sql);
};

/** How many rows each transaction deleted that deleted any, in their order. */
export const deletionsOf = async (adminUrl: string): Promise<number[]> => {
  const rows = await runOnce(
    adminUrl,
    'SELECT sum(amount)::int AS amount FROM deletion GROUP BY transaction HAVING sum(amount) > 0 ORDER BY min(number)',
  );
  return rows.map(({ amount }) => Number(amount));
};
