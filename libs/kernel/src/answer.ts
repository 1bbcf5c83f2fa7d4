import type { Refusal } from './refusal.js';

/** What an action answers: why it did nothing, or what came of it. */
export type Answer<T> = { readonly refusals: readonly Refusal[] } | { readonly value: T };
