import type { Window } from './window.js';

/** A calendar month in UTC, as Hetzner caps and invoices it, written `2026-11`. */
export type BillingMonth = string;

export const billingMonthOf = (at: Date): BillingMonth => at.toISOString().slice(0, 7);

/** Reads a month that a person wrote; `undefined` where it is none. */
export const parseBillingMonth = (text: string): BillingMonth | undefined =>
  /^20\d{2}-(0[1-9]|1[0-2])$/.test(text) ? text : undefined;

export function windowOf(month: BillingMonth): Window {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return { from: new Date(Date.UTC(year, number - 1)), to: new Date(Date.UTC(year, number)) };
}

export const nextMonth = (month: BillingMonth): BillingMonth => billingMonthOf(windowOf(month).to);
