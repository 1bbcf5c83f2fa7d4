/** What the operator is told. */
export interface Told {
  readonly text: string;
  /** Whether all that the command names was there. */
  readonly found: boolean;
}
