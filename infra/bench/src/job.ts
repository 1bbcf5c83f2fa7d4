/** A CI job of a trace. Times are milliseconds; arrivals count from Monday, 00:00 in the trace's zone. */
export interface Job {
  readonly arrival: number;
  readonly duration: number;
  readonly tags: readonly string[];
}
