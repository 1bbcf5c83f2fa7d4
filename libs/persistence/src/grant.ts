/** Whom a migration can give rights to; the owner has them all. */
export type DatabaseRole = 'app' | 'worker';

const literal = (sql: string): string => `'${sql.replaceAll("'", "''")}'`;

/**
 * Runs a statement in which `%1$I` stands for the role's real name, `<database>_<role>`: a migration does not know how
 * its database is called.
 */
export const forRole = (role: DatabaseRole, statement: string): string =>
  `DO $do$ BEGIN EXECUTE format(${literal(statement)}, current_database() || '_${role}'); END $do$`;

/** SQL that gives a role rights to a table, such as `grant('SELECT, INSERT', 'price', 'app')`. */
export const grant = (privileges: string, table: string, role: DatabaseRole): string =>
  forRole(role, `GRANT ${privileges} ON ${table} TO %1$I`);
