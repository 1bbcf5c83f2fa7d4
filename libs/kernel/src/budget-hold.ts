/** What a service that orders knows of the budgets that cover a pool: billing alone knows the money. */
export interface BudgetHold {
  /** Machines ask before each hour that they cost. */
  readonly holds: boolean;
  /** And get no hour without a grant, as no runner gets a static IP. */
  readonly blocks: boolean;
  /** One that blocks has refused: asking again before then is of no use. */
  readonly refusedUntil: Date | null;
  /** In billing's words; null while none refuses. */
  readonly refusedBecause: string | null;
}

/** Where nobody has set a budget. */
export const NO_BUDGET: BudgetHold = {
  holds: false,
  blocks: false,
  refusedUntil: null,
  refusedBecause: null,
};
