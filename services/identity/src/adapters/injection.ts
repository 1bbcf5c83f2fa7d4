/** Under these tokens Nest finds what this service's parts need. */
export const IDENTITY_PORTS = Symbol('IdentityPorts');
/** Issuer of the workload tokens: `<public origin>/oidc`. */
export const ISSUER = Symbol('Issuer');
