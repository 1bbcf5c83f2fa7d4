/** What carries the events between the services. */
export type BusKind = 'embedded' | 'kafka';
