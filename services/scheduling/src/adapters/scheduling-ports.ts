/** Nest's token for the ports of this service. */
export const SCHEDULING_PORTS = Symbol('scheduling ports');
