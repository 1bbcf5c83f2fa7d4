import { createRunnerRoute } from './api/create-runner.js';
import { artifactRoutes } from './artifacts/artifact-routes.js';
import { downloadArtifactRoute } from './artifacts/download-artifact-route.js';
import { uploadArtifactRoute } from './artifacts/upload-artifact-route.js';
import { hookEventRoutes } from './api/hook-event-routes.js';
import { hookRoutes } from './api/hook-routes.js';
import { identityRoutes } from './api/identity-routes.js';
import { jobRoutes } from './api/job-routes.js';
import { placeRoutes } from './api/place-routes.js';
import { retryJobRoute } from './api/retry-job-route.js';
import { runnerListRoutes } from './api/runner-list-routes.js';
import { runnerRoutes } from './api/runner-routes.js';
import { jobUpdateRoutes } from './runner-protocol/job-routes.js';
import { registrationRoutes } from './runner-protocol/registration-routes.js';
import { requestJobRoute } from './runner-protocol/request-job-route.js';
import type { Route } from './wire/route.js';
import type { World } from './world.js';

/** Every operation of GitLab's API that the simulator knows. */
export const routes = (world: World): Route[] => [
  ...identityRoutes(world),
  ...placeRoutes(world),
  createRunnerRoute(world),
  ...runnerListRoutes(world),
  ...runnerRoutes(world),
  ...jobRoutes(world),
  retryJobRoute(world),
  ...hookRoutes(world),
  ...hookEventRoutes(world),
  ...registrationRoutes(world),
  requestJobRoute(world),
  ...jobUpdateRoutes(world),
  uploadArtifactRoute(world),
  downloadArtifactRoute(world),
  ...artifactRoutes(world),
];
