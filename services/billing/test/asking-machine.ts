import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { topics } from '@cleanroom/contracts';
import { newId, type RunningBilling } from './running-billing.js';

interface Told {
  readonly asked: number;
  readonly created?: Date;
  readonly gone?: Date;
}

/** A machine of a pool that asks before each of its hours, as provisioning tells of it. */
export class AskingMachine {
  readonly id = newId('machine');
  readonly runnerId = newId('runner');
  #version = 0n;
  readonly #orderedAt: Date;

  constructor(
    private readonly world: RunningBilling,
    private readonly poolId: string,
    private readonly types = ['cx23'],
  ) {
    this.#orderedAt = world.clock.now();
  }

  tell({ asked, created, gone }: Told): Promise<void> {
    return this.world.tell(topics.machine, {
      ...{ machineId: this.id, runnerId: this.runnerId, poolId: this.poolId, version: ++this.#version },
      ...{ hetznerProjectId: this.world.projectId, serverType: 'cx23', location: 'fsn1', serverId: 4711n },
      ...{ hoursAsked: asked, allowedServerTypes: this.types },
      orderedAt: timestampFromDate(this.#orderedAt),
      ...(created && {
        createdAt: timestampFromDate(created),
        lastSeenAt: timestampFromDate(gone ?? created),
      }),
      ...(gone && { deletedAt: timestampFromDate(gone) }),
    });
  }
}
