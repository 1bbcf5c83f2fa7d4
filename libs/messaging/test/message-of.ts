import { create, toBinary } from '@bufbuild/protobuf';
import { HetznerProjectChangedSchema, topics } from '@cleanroom/contracts';
import type { BusMessage } from '../src/event-bus.js';

/** The first event of a Hetzner project, as the bus would bring it. */
export const messageOf = (key: string, organizationId = 'org_a'): BusMessage => ({
  topic: topics.hetznerProject.name,
  key,
  headers: {
    'ce-id': `evt_${key}`,
    'ce-type': HetznerProjectChangedSchema.typeName,
    'ce-time': '2026-03-02T08:00:00.000Z',
    'cleanroom-organization': organizationId,
    'cleanroom-version': '1',
  },
  payload: toBinary(
    HetznerProjectChangedSchema,
    create(HetznerProjectChangedSchema, { hetznerProjectId: key, organizationId, version: 1n }),
  ),
});
