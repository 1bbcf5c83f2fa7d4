import type { Loop } from '@cleanroom/kernel';
import { closeStatements } from '../actions/close-statements.js';
import type { BillingPorts } from '../ports.js';

/** Closes the months of each organisation that are over. */
export const closeMonths: Loop<BillingPorts> = { table: 'statement_closing', step: closeStatements };
