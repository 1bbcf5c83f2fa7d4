import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endLastLine, linesOf, PacedWriting, replaceFile } from '@cleanroom/simulator-journal';
import { z } from 'zod';
import type { KnownEntries, LedgerEntry, LedgerRecord, LifeEvent } from './ledger-entry.js';
import { ENTRIES_IN_MEMORY, Ledger } from './ledger.js';
import { emptyProject, emptyState, type Project, type Server, type State } from './state.js';
import { serverTypeNamed } from './wire/server-type-body.js';

/** How long changes wait at least to be written, so that those of a moment are written together; real ms. */
const SHORTEST_WAIT_MS = 150;

/** What a state folder held, or a fresh beginning. */
export interface Restored {
  readonly state: State;
  readonly ledger: Ledger;
}

/** Only the frame is checked: the rest was written by this program. */
const frame = z.object({
  state: z.looseObject({
    version: z.literal(1),
    projects: z.record(z.string(), z.unknown()),
    tasks: z.array(z.unknown()),
  }),
  lives: z.looseObject({ servers: z.array(z.unknown()), primaryIps: z.array(z.unknown()) }),
});

/** Reads a state folder. Throws with a sentence that names the file where it cannot be read. */
export function restore(folder: string | undefined): Restored {
  const file = folder === undefined ? undefined : stateFile(folder);
  if (folder === undefined || file === undefined || !existsSync(file)) {
    return { state: emptyState(), ledger: new Ledger() };
  }
  const { state, lives } = readSnapshot(file);
  return { state, ledger: new Ledger(lives, readEntries(ledgerFile(folder))) };
}

/** Keeps the state in a folder: the snapshot replaced at once as a whole, entries appended. */
export class Snapshot {
  private readonly writing = new PacedWriting(() => {
    this.writeEntries();
    this.writeState();
  }, SHORTEST_WAIT_MS);
  private pending: LedgerEntry[] = [];
  /** Calls that only read change nothing but the list of entries. */
  private stateChanged = true;

  constructor(
    private readonly folder: string,
    private readonly restored: Restored,
  ) {
    mkdirSync(folder, { recursive: true });
    endLastLine(ledgerFile(folder));
    restored.ledger.onEntry = (entry) => {
      this.pending.push(entry);
      this.writing.soon();
    };
  }

  /** Says that the state changed; it is written together with what else changes within the next moment. */
  writeSoon(): void {
    this.stateChanged = true;
    this.writing.soon();
  }

  write(): void {
    this.writing.now();
  }

  private writeEntries(): void {
    const lines = this.pending.map((entry) => `${JSON.stringify(entry)}\n`);
    this.pending = [];
    appendFileSync(ledgerFile(this.folder), lines.join(''));
  }

  private writeState(): void {
    if (!this.stateChanged) return;
    this.stateChanged = false;
    const content = { state: this.restored.state, lives: this.restored.ledger.lives() };
    replaceFile(stateFile(this.folder), JSON.stringify(content));
  }
}

const stateFile = (folder: string): string => join(folder, 'state.json');
const ledgerFile = (folder: string): string => join(folder, 'ledger.jsonl');

function readSnapshot(file: string): { state: State; lives: LedgerRecord } {
  try {
    return completed(
      frame.parse(JSON.parse(readFileSync(file, 'utf8'))) as unknown as {
        state: State;
        lives: LedgerRecord;
      },
    );
  } catch (cause) {
    throw new Error(`${file} is not a state of this simulator; remove it to begin afresh`, { cause });
  }
}

/** Fills in what a snapshot of an earlier version has not yet. */
function completed({ state, lives }: { state: State; lives: LedgerRecord }): {
  state: State;
  lives: LedgerRecord;
} {
  const projects = Object.values(state.projects).map((project): [string, Project] => [
    project.name,
    { ...emptyProject(project.name), ...project, servers: mapped(project.servers, completedServer) },
  ]);
  return {
    state: { ...emptyState(), ...state, projects: Object.fromEntries(projects) },
    lives: {
      ...lives,
      others: (lives.others ?? []).map(completedLife),
      primaryIps: lives.primaryIps.map(completedLife),
      servers: lives.servers.map((life) => ({ ...completedLife(life), rescales: life.rescales ?? [] })),
    },
  };
}

const completedLife = <L extends { events: LifeEvent[] }>(life: L): L => ({
  ...life,
  events: life.events ?? [],
});

const completedServer = (server: Server): Server => ({
  ...server,
  networks: server.networks ?? [],
  placementGroupId: server.placementGroupId ?? null,
  diskGb: server.diskGb ?? serverTypeNamed(server.type).disk,
});

const mapped = <T>(record: Record<string, T>, map: (each: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, each]) => [key, map(each)]));

/** Line by line, for the file may be longer than a text can be; only of the newest more is made than a count. */
function readEntries(file: string): KnownEntries {
  let newest: string[] = [];
  let seen = 0;
  for (const line of existsSync(file) ? linesOf(file) : []) {
    seen += 1;
    newest.push(line);
    if (newest.length >= 2 * ENTRIES_IN_MEMORY) newest = newest.slice(-ENTRIES_IN_MEMORY);
  }
  newest = newest.slice(-ENTRIES_IN_MEMORY);
  const forgotten = seen - newest.length;
  const entries = newest.flatMap((line) => readEntry(line) ?? []);
  return { forgotten, entries: entries.map((entry, index) => ({ ...entry, seq: forgotten + index + 1 })) };
}

function readEntry(line: string): LedgerEntry | undefined {
  try {
    return JSON.parse(line) as LedgerEntry;
  } catch {
    // The last line may have been cut off by a crash.
    return undefined;
  }
}
