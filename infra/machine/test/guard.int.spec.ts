import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describeWith } from './require-tools.js';

const guard = fileURLToPath(new URL('../files/guard.nft', import.meta.url));
const PYTHON_SERVER = `
import http.server, sys
http.server.HTTPServer((sys.argv[1], 80), http.server.SimpleHTTPRequestHandler).serve_forever()
`;

/** A network of its own; and what was begun there ends with its first process. */
const OWN_WORLD = ['--net', '--pid', '--fork', '--mount-proc', '--kill-child'];

/**
 * Runs a script in a network of its own, with the guard loaded and the address of the metadata service behind a wire:
 * `inside` is the machine, reached by nobody else.
 */
function onGuardedMachine(script: string): { status: number | null; output: string } {
  const setUp = [
    'set -eu',
    'ip link set lo up',
    'ip link add wire type veth peer name cloud',
    // The other end is a network of its own, held open by a sleeping process.
    'unshare --net sleep 300 & away=$!',
    'until [ "$(readlink /proc/$away/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done',
    'ip link set cloud netns $away',
    'cloud() { nsenter --net --target $away "$@"; }',
    'ip address add 169.254.0.2/16 dev wire && ip address add 10.9.0.2/24 dev wire && ip link set wire up',
    'cloud ip address add 169.254.169.254/16 dev cloud && cloud ip address add 10.9.0.1/24 dev cloud',
    'cloud ip link set cloud up && cloud ip link set lo up',
    `cloud python3 -c '${PYTHON_SERVER}' 0.0.0.0 >/dev/null 2>&1 &`,
    'reach() { curl --silent --output /dev/null --max-time 20 "$@"; }',
    'as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }',
    'until reach http://169.254.169.254/; do sleep 0.05; done',
    `nft -f '${guard}'`,
  ];
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    [...OWN_WORLD, 'sh', '-c', [...setUp, script].join('\n')],
    {
      encoding: 'utf8',
      timeout: 150_000,
    },
  );
  return { status, output: `${stdout}${stderr}`.trim() };
}

const tools = ['nft', 'ip', 'unshare', 'nsenter', 'setpriv', 'curl', 'python3'];
/** Not a matter of what is installed: it takes root, and a container that may make networks. */
const canMakeNetworks = spawnSync('unshare', [...OWN_WORLD, 'true']).status === 0;

function suite(needed: readonly string[], name: string, specs: () => void): void {
  if (canMakeNetworks) return describeWith(needed, name, specs);
  process.stderr.write(`SKIPPED ${name}: no network of its own can be made here (root, CAP_SYS_ADMIN)\n`);
  describe.skip(`${name} (needs a network of its own)`, specs);
}

suite(tools, 'the guard', () => {
  it('lets root reach the metadata service, and nobody else', () => {
    const script =
      'reach http://169.254.169.254/ && echo root; as_nobody curl -s -o /dev/null -m 1 http://169.254.169.254/ || echo refused';
    expect(onGuardedMachine(script)).toEqual({ status: 0, output: 'root\nrefused' });
  });

  it('leaves the rest of the network to everyone', () => {
    const script = 'as_nobody curl -s -o /dev/null -m 20 http://10.9.0.1/ && echo reached';
    expect(onGuardedMachine(script)).toEqual({ status: 0, output: 'reached' });
  });

  it('lets no container that is routed reach it either', () => {
    const script = [
      'unshare --net sleep 300 & box=$!',
      'until [ "$(readlink /proc/$box/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done',
      'ip link add bridge0 type veth peer name eth0 netns $box',
      'inside() { nsenter --net --target $box "$@"; }',
      'ip address add 10.8.0.1/24 dev bridge0 && ip link set bridge0 up',
      'inside ip address add 10.8.0.2/24 dev eth0 && inside ip link set eth0 up && inside ip route add default via 10.8.0.1',
      'sysctl -qw net.ipv4.ip_forward=1',
      'cloud ip route add 10.8.0.0/24 via 10.9.0.2',
      'inside curl -s -o /dev/null -m 20 http://10.9.0.1/ && echo outside',
      'inside curl -s -o /dev/null -m 1 http://169.254.169.254/ || echo refused',
    ].join('\n');
    expect(onGuardedMachine(script)).toEqual({ status: 0, output: 'outside\nrefused' });
  });

  it('keeps every port closed to the network, and answers still come in', () => {
    const script = [
      `python3 -c '${PYTHON_SERVER}' 0.0.0.0 >/dev/null 2>&1 &`,
      'until reach http://127.0.0.1/; do sleep 0.05; done',
      'cloud curl -s -o /dev/null -m 1 http://10.9.0.2/ || echo closed',
      'reach http://10.9.0.1/ && echo answered',
    ].join('\n');
    expect(onGuardedMachine(script)).toEqual({ status: 0, output: 'closed\nanswered' });
  });

  it('replaces itself when it is loaded again', () => {
    const script = `nft -f '${guard}' && nft list ruleset | grep -c 'chain '`;
    expect(onGuardedMachine(script)).toEqual({ status: 0, output: '3' });
  });
});
