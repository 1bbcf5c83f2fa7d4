import { forRole, grant } from './grant.js';

/**
 * The organisation of the current transaction. Raises when it is unset: also when it is '', which is what a custom
 * setting becomes once a transaction that set it locally is over.
 */
const organizationFunction = `
  CREATE OR REPLACE FUNCTION cleanroom_organization() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $function$
  DECLARE
    organization text := current_setting('cleanroom.organization', true);
  BEGIN
    IF organization IS NULL OR organization = '' THEN
      RAISE EXCEPTION 'no organisation is set for this transaction' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN organization;
  END $function$`;

/** SQL for migrations: row-level security on, forced even for the owner, and who may see which rows. */
export const enableRowSecurity = (table: string): string[] => [
  organizationFunction,
  `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
  `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
];

/** SQL for migrations: the app role reaches the rows of its transaction's organisation only, and raises without one. */
export const appSeesItsOrganization = (table: string, column = 'organization_id'): string =>
  forRole(
    'app',
    // The sub-select makes PostgreSQL ask for the organisation once per statement instead of once per row.
    `CREATE POLICY app_sees_its_organization ON ${table} TO %1$I
       USING (${column} = (SELECT cleanroom_organization())) WITH CHECK (${column} = (SELECT cleanroom_organization()))`,
  );

/** SQL for migrations: which commands the worker role may use on rows of every organisation. */
export const workerSeesEveryOrganization = (
  table: string,
  command: 'SELECT' | 'UPDATE' | 'ALL' = 'SELECT',
): string =>
  forRole(
    'worker',
    `CREATE POLICY worker_${command.toLowerCase()}_every_organization ON ${table} FOR ${command} TO %1$I USING (true)`,
  );

/**
 * SQL for migrations, to run after CREATE TABLE: row-level security that not even the owner passes. The app role reads
 * and writes the rows of its transaction's organisation (an unset one raises); the worker role reads all rows.
 * Back-fills of later migrations set the organisation, or lift FORCE for their own transaction.
 *
 * @param column which column holds the organisation's id
 */
export const protectByOrganization = (table: string, column = 'organization_id'): string[] => [
  ...enableRowSecurity(table),
  appSeesItsOrganization(table, column),
  workerSeesEveryOrganization(table),
  grant('SELECT, INSERT, UPDATE, DELETE', table, 'app'),
  grant('SELECT', table, 'worker'),
];

/**
 * SQL for migrations: a table that belongs to no organisation, such as prices or used nonces. Both roles read it;
 * the app role writes it.
 */
export const sharedByOrganizations = (table: string): string[] => [
  grant('SELECT, INSERT, UPDATE, DELETE', table, 'app'),
  grant('SELECT', table, 'worker'),
];
