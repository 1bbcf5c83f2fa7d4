import { createContext, useContext, useSyncExternalStore } from 'react';
import type { LiveFleet, LiveStatus } from './live-fleet.js';

/** The fleet of whoever is signed in. */
export const LiveContext = createContext<LiveFleet | undefined>(undefined);

export function useLiveFleet(): LiveFleet {
  const live = useContext(LiveContext);
  if (!live) throw new Error('there is no fleet outside of the shell');
  return live;
}

/** What is shown of the fleet, a few times a second anew. */
export function useLive(): LiveStatus {
  const live = useLiveFleet();
  return useSyncExternalStore(live.listen, live.status);
}
