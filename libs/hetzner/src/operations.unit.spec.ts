import { createHetznerClient } from './client.js';
import { operations } from './operations.js';

describe('what can be asked of Hetzner', () => {
  it('is exactly what the client has methods for', () => {
    const client = createHetznerClient({ endpoint: 'http://127.0.0.1:1/v1', token: 'x' });
    expect(Object.keys(client).sort()).toEqual(Object.keys(operations).sort());
  });

  it('never opens a way into a machine', () => {
    for (const [name, { path }] of Object.entries(operations)) {
      expect(`${name} ${path}`).not.toMatch(/password|rescue|console|iso|volume|snapshot|backup|vnc/i);
    }
  });

  it('makes, changes and removes no image', () => {
    const about = Object.values(operations).filter(({ path }) => /image/.test(path));
    expect(about).toEqual([{ method: 'GET', path: '/images' }]);
  });

  it('never switches a server off or on: sleep is deletion', () => {
    for (const { path } of Object.values(operations)) {
      expect(path).not.toMatch(/power|shutdown|reboot|reset/);
    }
  });
});
