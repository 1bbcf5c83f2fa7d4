import type { Database } from '@cleanroom/persistence';
import { decodeCursor, encodeCursor } from './change-cursor.js';
import { changeHubOf } from './change-hub.js';
import { currentCursor, readChangePage } from './read-changes.js';

export interface FollowOptions {
  readonly organizationId: string;
  /** The cursor after which to begin. @default the present */
  readonly after?: string;
  /** Kinds of changes to deliver. */
  readonly kinds: readonly string[];
}

/** A change as a subscriber gets it; its cursor is where to go on after a lost connection. */
export interface FollowedChange {
  readonly cursor: string;
  readonly at: Date;
  readonly kind: string;
  readonly subjectId: string;
  readonly payload: unknown;
}

const PAGE_SIZE = 100;

/**
 * Delivers an organisation's changes in order, without gap or duplicate, for as long as somebody iterates; holds one
 * page in memory at most. Ends when the iterator's `return` is called, also while it waits.
 *
 * The iteration throws {@link CursorExpired} when what follows the cursor is no longer kept, and {@link NoCursor} when the
 * text is none.
 */
export function followChanges(db: Database, options: FollowOptions): AsyncIterableIterator<FollowedChange> {
  const end = new AbortController();
  const changes = follow(db, options, end.signal);
  return {
    next: () => changes.next(),
    return: () => {
      // A generator that waits would notice `return` only with the next change.
      end.abort();
      return changes.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* follow(
  db: Database,
  { organizationId, after, kinds }: FollowOptions,
  end: AbortSignal,
): AsyncGenerator<FollowedChange, undefined> {
  const service = db.applicationName;
  const follower = changeHubOf(db).follow(organizationId, end);
  try {
    let position = decodeCursor(service, after ?? (await currentCursor(db, organizationId)));
    while (!end.aborted) {
      const page = await readChangePage(db, organizationId, position, kinds, PAGE_SIZE);
      for (const { sequence, at, kind, subjectId, payload } of page.changes) {
        yield { cursor: encodeCursor(service, sequence), at, kind, subjectId, payload };
      }
      position = page.readTo;
      if (page.changes.length < PAGE_SIZE) await follower.waitBeyond(position);
    }
    return undefined;
  } finally {
    follower.leave();
  }
}
