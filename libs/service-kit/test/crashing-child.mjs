// Calls the outside twice, and dies on the way where it is told to. Run by crash-points.int.spec.ts.
import { withCrashPoints } from '../src/crash-points.ts';

const [url, crashAt] = process.argv.slice(2);
const ask = (method, path, body) => fetch(`${url}${path}`, { method, body });

class Cloud {
  list() {
    return ask('GET', '/list');
  }
  async create(name) {
    await ask('POST', `/create/${name}`, '{"name":true}');
    return ask('POST', `/tag/${name}`, '{}');
  }
  remove() {
    return ask('DELETE', '/remove');
  }
}

const cloud = withCrashPoints('cloud', new Cloud(), crashAt);
const neighbour = ask('POST', '/neighbour', 'x'.repeat(100_000));
for (const name of ['first', 'second']) {
  await cloud.list();
  await cloud.create(name);
}
await cloud.remove().catch(() => undefined);
await neighbour;
await ask('POST', '/done', '{}');
