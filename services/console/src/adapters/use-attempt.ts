import { useState } from 'react';
import type { Refusal } from '../domain/refusal.js';
import { noteSignedOut } from './queries.js';
import { SignedOut } from './session.js';

/** Something that somebody tries to have done. */
export interface Attempt<Input> {
  readonly run: (input: Input) => Promise<void>;
  readonly isBusy: boolean;
  /** Why it was not done the last time. */
  readonly refusals: readonly Refusal[];
}

/**
 * Tries something as often as it takes: what is refused stays as it was typed.
 *
 * @param attempt resolves to why it was not done
 */
export function useAttempt<Input>(
  attempt: (input: Input) => Promise<readonly Refusal[]>,
  onDone: () => void = () => undefined,
): Attempt<Input> {
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  const [isBusy, setBusy] = useState(false);
  const run = async (input: Input): Promise<void> => {
    setBusy(true);
    const why = await attempt(input).catch(unforeseen);
    setBusy(false);
    setRefusals(why);
    if (why.length === 0) onDone();
  };
  return { run, isBusy, refusals };
}

function unforeseen(error: unknown): readonly Refusal[] {
  if (error instanceof SignedOut) noteSignedOut();
  return [{ message: (error as Error).message, path: [] }];
}
