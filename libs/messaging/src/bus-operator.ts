/** A message's place in a topic. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** How far a group has come in one partition. */
export interface GroupPosition {
  readonly topic: string;
  readonly partition: number;
  /** The oldest message that is still kept. */
  readonly first: bigint;
  /** All before this one are done; a group that never committed stands at the oldest. */
  readonly next: bigint;
  /** Where the next message will be stored. */
  readonly end: bigint;
}

/** Thrown where a group is to be set back while somebody works in it. */
export class GroupIsActive extends Error {
  override readonly name = 'GroupIsActive';

  constructor(group: string) {
    super(
      `the group ${group} has members: stop the service, wait until its sessions are over, and try again`,
    );
  }
}

/** How a person, or a metric, looks at a bus from outside. Topics that do not exist are left out of all answers. */
export interface BusOperator {
  positions(group: string, topics: readonly string[]): Promise<GroupPosition[]>;
  /** The first place of each partition that was stored at this time or later; its end where there is none. */
  placesSince(topics: readonly string[], since: Date): Promise<Place[]>;
  /**
   * Makes a group begin at these places.
   *
   * @throws GroupIsActive when it has members; nothing is changed then
   */
  setPositions(group: string, places: readonly Place[]): Promise<void>;
}

/** How many messages a group has still to handle there, at most: where only the last of each key is kept there are gaps. */
export const lagOf = ({ next, end }: GroupPosition): number => Number(end - next);
