import { publicRoute } from './public-routes.js';

describe('a public route', () => {
  it.each([
    ['/machine/v1/enrol', 'identity', 'ignored'],
    ['/machine/v1/token', 'identity', 'required'],
    ['/machine/v1/runner', 'provisioning', 'required'],
    ['/machine/v1/report', 'provisioning', 'required'],
    ['/oidc/.well-known/openid-configuration', 'identity', 'ignored'],
    ['/oidc/jwks', 'identity', 'ignored'],
    ['/auth/session', 'identity', 'ignored'],
    ['/webhooks/gitlab/gl_01', 'scheduling', 'ignored'],
    ['/billing/statements/2026-11.csv', 'billing', 'ignored'],
  ])('leads from %s to %s, with a machine’s proof %s', (path, service, machineProof) => {
    expect(publicRoute(path)).toMatchObject({ service, machineProof });
  });

  it('leads to statements for users only', () => {
    expect(publicRoute('/billing/statements/2026-11.csv')).toMatchObject({ user: 'required' });
  });

  it('brings cookies to nothing but sessions', () => {
    expect(publicRoute('/auth/session')).toMatchObject({ cookies: 'passed' });
    for (const path of ['/oidc/jwks', '/machine/v1/token', '/webhooks/gitlab/gl_01'])
      expect(publicRoute(path)).not.toHaveProperty('cookies');
  });

  it.each([
    '',
    '/auth',
    '/auth/session/',
    '/auth/session/x',
    '/',
    '/graphql',
    '/internal/callers',
    '/machine',
    '/machine/v1/',
    '/machine/v1/enrol/',
    '/machine/v1/enrol/x',
    '/machine/v1/../../internal/callers',
    '/machine/v1/constructor',
    '/oidc',
    '/oidc/../internal/callers',
    '/oidc/./jwks',
    '/oidc/..',
    '/oidc//jwks',
    '/oidc/%2e%2e/internal/callers',
    '/oidc/..%2finternal',
    '/oidc\\..\\internal',
    '/webhooks',
    '/webhooksx',
    '/Webhooks/x',
    '//webhooks/x',
    '/webhooks/x y',
    '/webhooks/x\u0000',
    'http://elsewhere/webhooks/x',
    '/metrics',
    '/health/live',
    '/billing',
    '/billing/graphql',
    '/billing/statements',
    '/billing/statements/../graphql',
  ])('does not lead from %j', (path) => {
    expect(publicRoute(path)).toBeUndefined();
  });
});
