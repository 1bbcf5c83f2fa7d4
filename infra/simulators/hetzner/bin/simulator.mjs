import { runSimulator } from '../../../local/bin/run-simulator.mjs';

/** As long as Hetzner's are: Terraform refuses others. */
const TOKEN = 'simulated-'.padEnd(64, '0');

await runSimulator({
  name: 'hetzner',
  distance: 10,
  tokens: { [TOKEN]: 'demo' },
  usage: (port, token) => `
  A simulated Hetzner Cloud, Ctrl-C ends it:

    export HCLOUD_ENDPOINT=http://127.0.0.1:${port}/v1
    export HCLOUD_TOKEN=${token}
`,
});
