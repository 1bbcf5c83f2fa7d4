import type { Page, Route } from 'playwright-core';

/** Answers some questions of a page in place of the gateway. */
export const onGraphql = (page: Page, query: RegExp, answer: (route: Route) => Promise<void>) =>
  page.route('**/graphql', (route) =>
    query.test(route.request().postData() ?? '') ? answer(route) : route.fallback(),
  );
