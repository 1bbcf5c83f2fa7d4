import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endLastLine, linesOf, PacedWriting, replaceFile } from '@cleanroom/simulator-journal';
import { z } from 'zod';
import { CALLS_IN_MEMORY, Ledger, type CallEntry, type KnownCalls, type LedgerRecord } from './ledger.js';
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
  return { state, ledger: new Ledger(lives, readCalls(callsFile(folder))) };
}

/** Keeps the state in a folder: the snapshot replaced at once as a whole, calls appended. */
export class Snapshot {
  private readonly writing = new PacedWriting(() => {
    this.writeCalls();
    this.writeState();
  }, SHORTEST_WAIT_MS);
  private pendingCalls: CallEntry[] = [];
  /** Calls that only read change nothing but the list of calls. */
  private stateChanged = true;

  constructor(
    private readonly folder: string,
    private readonly restored: Restored,
  ) {
    mkdirSync(folder, { recursive: true });
    endLastLine(callsFile(folder));
    restored.ledger.onCall = (entry) => {
      this.pendingCalls.push(entry);
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

  private writeCalls(): void {
    const lines = this.pendingCalls.map((entry) => `${JSON.stringify(entry)}\n`);
    this.pendingCalls = [];
    appendFileSync(callsFile(this.folder), lines.join(''));
  }

  private writeState(): void {
    if (!this.stateChanged) return;
    this.stateChanged = false;
    const content = { state: this.restored.state, lives: this.restored.ledger.lives() };
    replaceFile(stateFile(this.folder), JSON.stringify(content));
  }
}

const stateFile = (folder: string): string => join(folder, 'state.json');
const callsFile = (folder: string): string => join(folder, 'calls.jsonl');

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
      others: lives.others ?? [],
      servers: lives.servers.map((life) => ({ ...life, rescales: life.rescales ?? [] })),
    },
  };
}

const completedServer = (server: Server): Server => ({
  ...server,
  networks: server.networks ?? [],
  placementGroupId: server.placementGroupId ?? null,
  diskGb: server.diskGb ?? serverTypeNamed(server.type).disk,
});

const mapped = <T>(record: Record<string, T>, map: (each: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, each]) => [key, map(each)]));

/** Line by line, for the file may be longer than a text can be; only of the newest more is made than a count. */
function readCalls(file: string): KnownCalls {
  let newest: string[] = [];
  let seen = 0;
  for (const line of existsSync(file) ? linesOf(file) : []) {
    seen += 1;
    newest.push(line);
    if (newest.length >= 2 * CALLS_IN_MEMORY) newest = newest.slice(-CALLS_IN_MEMORY);
  }
  newest = newest.slice(-CALLS_IN_MEMORY);
  const forgotten = seen - newest.length;
  const calls = newest.flatMap((line) => readCall(line) ?? []);
  return { forgotten, calls: calls.map((call, index) => ({ ...call, seq: forgotten + index + 1 })) };
}

function readCall(line: string): CallEntry | undefined {
  try {
    return JSON.parse(line) as CallEntry;
  } catch {
    // The last line may have been cut off by a crash.
    return undefined;
  }
}
