import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Link,
  Outlet,
} from '@tanstack/react-router';
import * as v from 'valibot';
import { auditSearch } from './pages/audit-search.js';
import { costSearch } from './pages/cost-search.js';
import { FleetPage } from './pages/fleet-page.js';
import { fleetSearch } from './pages/fleet-search.js';
import { schedulesSearch } from './pages/schedules-search.js';
import { Shell } from './pages/shell.js';
import { SignInPage } from './pages/sign-in-page.js';
import { staticIpsSearch } from './pages/static-ips-search.js';

const root = createRootRoute({ component: Outlet, notFoundComponent: NoSuchPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: v.object({ back: v.optional(v.fallback(v.string(), '')) }),
  component: SignInPage,
});

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

const fleet = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: fleetSearch,
  component: FleetPage,
});

// What is not looked at first is loaded when it is gone to.
const runner = createRoute({
  getParentRoute: () => shell,
  path: '/runners/$runnerId',
  component: lazyRouteComponent(() => import('./pages/runner-page.js'), 'RunnerPage'),
});

const newPool = createRoute({
  getParentRoute: () => shell,
  path: '/pools/new',
  component: lazyRouteComponent(() => import('./pages/new-pool-page.js'), 'NewPoolPage'),
});

const pool = createRoute({
  getParentRoute: () => shell,
  path: '/pools/$poolId',
  component: lazyRouteComponent(() => import('./pages/pool-page.js'), 'PoolPage'),
});

const editPool = createRoute({
  getParentRoute: () => shell,
  path: '/pools/$poolId/edit',
  component: lazyRouteComponent(() => import('./pages/edit-pool-page.js'), 'EditPoolPage'),
});

const jobs = createRoute({
  getParentRoute: () => shell,
  path: '/jobs',
  component: lazyRouteComponent(() => import('./pages/jobs-page.js'), 'JobsPage'),
});

const cost = createRoute({
  getParentRoute: () => shell,
  path: '/cost',
  validateSearch: costSearch,
  component: lazyRouteComponent(() => import('./pages/cost-page.js'), 'CostPage'),
});

const schedules = createRoute({
  getParentRoute: () => shell,
  path: '/schedules',
  validateSearch: schedulesSearch,
  component: lazyRouteComponent(() => import('./pages/schedules-page.js'), 'SchedulesPage'),
});

const newSchedule = createRoute({
  getParentRoute: () => shell,
  path: '/schedules/new',
  component: lazyRouteComponent(() => import('./pages/new-schedule-page.js'), 'NewSchedulePage'),
});

const editSchedule = createRoute({
  getParentRoute: () => shell,
  path: '/schedules/$scheduleId/edit',
  component: lazyRouteComponent(() => import('./pages/edit-schedule-page.js'), 'EditSchedulePage'),
});

const setUp = createRoute({
  getParentRoute: () => shell,
  path: '/set-up',
  component: lazyRouteComponent(() => import('./pages/set-up-page.js'), 'SetUpPage'),
});

const connections = createRoute({
  getParentRoute: () => shell,
  path: '/connections',
  component: lazyRouteComponent(() => import('./pages/connections-page.js'), 'ConnectionsPage'),
});

const firewall = createRoute({
  getParentRoute: () => shell,
  path: '/firewall',
  component: lazyRouteComponent(() => import('./pages/firewall-page.js'), 'FirewallPage'),
});

const newPolicy = createRoute({
  getParentRoute: () => shell,
  path: '/firewall/new',
  component: lazyRouteComponent(() => import('./pages/new-policy-page.js'), 'NewPolicyPage'),
});

const editPolicy = createRoute({
  getParentRoute: () => shell,
  path: '/firewall/$policyId/edit',
  component: lazyRouteComponent(() => import('./pages/edit-policy-page.js'), 'EditPolicyPage'),
});

const staticIps = createRoute({
  getParentRoute: () => shell,
  path: '/static-ips',
  validateSearch: staticIpsSearch,
  component: lazyRouteComponent(() => import('./pages/static-ips-page.js'), 'StaticIpsPage'),
});

const tokens = createRoute({
  getParentRoute: () => shell,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./pages/tokens-page.js'), 'TokensPage'),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('./pages/audit-page.js'), 'AuditPage'),
});

/** Every page and its address. */
export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    shell.addChildren([
      fleet,
      runner,
      newPool,
      pool,
      editPool,
      jobs,
      cost,
      schedules,
      newSchedule,
      editSchedule,
      setUp,
      connections,
      firewall,
      newPolicy,
      editPolicy,
      staticIps,
      tokens,
      audit,
    ]),
  ]),
  basepath: '/console',
  defaultPreload: false,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

function NoSuchPage() {
  return (
    <main className="alone">
      <h1>There is no such page</h1>
      <p>
        <Link to="/">To the fleet</Link>
      </p>
    </main>
  );
}
