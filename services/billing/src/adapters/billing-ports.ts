/** Under this token Nest finds what the actions need. */
export const BILLING_PORTS = Symbol('BillingPorts');
