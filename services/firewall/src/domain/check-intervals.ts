/** All in seconds of the product's clock. */

/** How often firewalls and machines that are as they should be are looked at again, for drift. */
export const LOOK_AGAIN_SECONDS = 60;

/** How soon a machine that is not protected yet is looked at again: Hetzner's selectors take up to a few seconds. */
const LOOK_SOON_SECONDS = 2;

/** So many servers come with one call to Hetzner, which allows 3,600 an hour: a look at a large fleet takes several. */
const SERVERS_PER_CALL = 50;

const callsFor = (machines: number): number => Math.max(1, Math.ceil(machines / SERVERS_PER_CALL));

/** How soon machines are looked at again while one of them is not protected yet: the more there are, the less often. */
export const lookSoonSeconds = (machines: number): number => LOOK_SOON_SECONDS * callsFor(machines);

/** How soon they are looked at for one that has just enrolled: at once, but of a large fleet some at a time. */
export const firstLookSeconds = (machines: number): number => LOOK_SOON_SECONDS * (callsFor(machines) - 1);

/** How long to wait after a failure of the provider. */
export const RETRY_SECONDS = 10;

export const secondsAfter = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);
