import { createRootRoute, createRoute, createRouter, Link, Outlet } from '@tanstack/react-router';
import * as v from 'valibot';
import { FleetPage } from './pages/fleet-page.js';
import { fleetSearch } from './pages/fleet-search.js';
import { Shell } from './pages/shell.js';
import { SignInPage } from './pages/sign-in-page.js';

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

/** Every page and its address. */
export const router = createRouter({
  routeTree: root.addChildren([signIn, shell.addChildren([fleet])]),
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
