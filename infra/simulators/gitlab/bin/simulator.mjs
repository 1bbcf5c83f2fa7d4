import { runSimulator } from '../../../local/bin/run-simulator.mjs';

const TOKEN = 'glpat-simulated-0000';

await runSimulator({
  name: 'gitlab',
  distance: 11,
  tokens: { [TOKEN]: { scopes: ['api'] } },
  usage: (port, token) => `
  A simulated GitLab, Ctrl-C ends it:

    export GITLAB_URL=http://127.0.0.1:${port}
    export GITLAB_TOKEN=${token}
    curl -H "PRIVATE-TOKEN: $GITLAB_TOKEN" "$GITLAB_URL/api/v4/projects"
`,
});
