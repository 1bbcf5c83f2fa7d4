/** Where the events of an installation are, and what its services have put aside. */
export interface EventPlaces {
  busUrl: string;
  /** By service; those whose database is not known are missing. */
  databases: Record<string, string>;
}
