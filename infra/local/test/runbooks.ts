import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../src/config.js';

/** What a person reads who was woken. */
export interface Runbook {
  readonly file: string;
  readonly text: string;
}

export const runbookFolder = 'infra/runbooks';

/** All of them, their index too. */
export const runbooks: readonly Runbook[] = readdirSync(join(workspaceRoot, runbookFolder))
  .filter((name) => name.endsWith('.md'))
  .map((name) => {
    const file = `${runbookFolder}/${name}`;
    return { file, text: readFileSync(join(workspaceRoot, file), 'utf8') };
  });

/** A statement of a runbook, and where it is to be run. */
export interface RunbookStatement {
  readonly file: string;
  readonly database: string;
  /** Whether the service's worker role may not run it. */
  readonly asAdministrator: boolean;
  readonly sql: string;
}

/** The first line of each block of SQL is a comment that names the database, and the administrator where it takes one. */
export const runbookStatements: readonly RunbookStatement[] = runbooks.flatMap(({ file, text }) =>
  [...text.matchAll(/```sql\n\s*-- (\w+)(.*)\n([^]*?)```/g)].flatMap(
    ([, database = '', how = '', block = '']) =>
      block
        .split(';')
        .map((part) => part.trim())
        .filter(Boolean)
        .map((sql) => ({ file, database, asAdministrator: how.includes('as administrator'), sql })),
  ),
);
