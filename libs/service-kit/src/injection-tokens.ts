/** Under these tokens every service finds what the kit provides. */
export const CLOCK = Symbol('Clock');
export const LOG = Symbol('Log');
export const DATABASE = Symbol('Database');
export const BUS = Symbol('EventBus');
export const CONFIG = Symbol('Config');
export const METRICS = Symbol('Metrics');
