import { ConnectionStatus, topics } from '@cleanroom/contracts';
import { eventually } from '@cleanroom/testing';
import { UPDATE, DISCONNECT, hetznerProjects, refused } from './hetzner-projects.js';
import { newId } from './identity-world.js';

const { given, mutate, connect, sshKeys, rows, events } = hetznerProjects();

describe('a connected Hetzner project', () => {
  let id: string;
  beforeEach(async () => {
    id = (await connect()).hetznerProject?.id ?? '';
  });

  it('takes another token of the same project only', async () => {
    const other = await given.world.newProject();
    expect((await mutate(UPDATE, { id, apiToken: other.token })).userErrors).toEqual(
      refused('CONFLICT', 'apiToken'),
    );
    expect((await mutate(UPDATE, { id, apiToken: given.tokens.readonly })).userErrors).toEqual(
      refused('CREDENTIALS_INVALID', 'apiToken'),
    );
    const { hetznerProject } = await mutate(UPDATE, { id, apiToken: given.tokens.second, name: 'New' });
    expect(hetznerProject).toEqual({ id, name: 'New', status: 'CONNECTED' });
  });

  it('stops all writing while its token is refused, and goes on with a new one', async () => {
    await given.world.steer('DELETE', 'tokens', { token: given.tokens.token });
    await eventually(async () =>
      expect(await rows('id, status')).toEqual([{ id, status: 'CREDENTIALS_INVALID' }]),
    );
    await eventually(async () => {
      expect((await events()).at(-1)).toMatchObject({ status: ConnectionStatus.CREDENTIALS_INVALID });
    });
    const { hetznerProject } = await mutate(UPDATE, { id, apiToken: given.tokens.second });
    expect(hetznerProject?.status).toBe('CONNECTED');
  });

  it('shows when it was last checked', async () => {
    const lastCheckedAt = async () => (await rows('last_checked_at'))[0]?.last_checked_at as Date;
    const first = await lastCheckedAt();
    await eventually(async () => expect((await lastCheckedAt()).getTime()).toBeGreaterThan(first.getTime()));
    await eventually(async () => expect(await events()).toHaveLength(1));
  });

  it('is not disconnected while a pool uses it; afterwards its token is forgotten and the project free', async () => {
    const pool = { poolId: newId('pool'), organizationId: given.acme, hetznerProjectId: id };
    await given.world.tell(topics.pool, pool);
    await eventually(async () => expect(await rows('id', 'known_pool')).toHaveLength(1));
    expect((await mutate(DISCONNECT, { id })).userErrors).toEqual(refused('IN_USE', 'id'));
    await given.world.tell(topics.pool, { ...pool, deleted: true });
    await eventually(async () => expect((await mutate(DISCONNECT, { id })).deletedId).toBe(id));
    expect(await rows('token_sealed')).toEqual([{ token_sealed: null }]);
    expect(await sshKeys()).toEqual([]);
    const { organizationId: globex } = await given.world.organization('Globex');
    expect((await connect({}, globex)).userErrors).toEqual([]);
  });

  it('leaves a mark alone that is not its own any more when it is disconnected', async () => {
    const [mark] = await sshKeys();
    const labels = { ...mark?.labels, 'cleanroom-organization': newId('organization') };
    await given.world.atHetzner(given.tokens.token, `/ssh_keys/${mark?.id}`, {
      method: 'PUT',
      body: JSON.stringify({ labels }),
    });
    expect((await mutate(DISCONNECT, { id })).deletedId).toBe(id);
    expect(await sshKeys()).toEqual([expect.objectContaining({ id: mark?.id, labels })]);
  });

  it('keeps its token until the mark is gone, so that a try that dies can be repeated', async () => {
    const operation = 'delete_ssh_key';
    await given.world.steer('POST', 'faults', { operation, mode: 'delay', ms: 12_000 });
    const disconnected = mutate(DISCONNECT, { id });
    await eventually(async () => expect(await sshKeys()).toEqual([]));
    const [row] = await rows('deleted, token_sealed');
    expect(row).toEqual({ deleted: false, token_sealed: expect.any(Buffer) });
    await given.world.steer('DELETE', 'faults');
    expect((await disconnected).deletedId).toBe(id);
  });

  it('is disconnected also while Hetzner does not answer, and all are told', async () => {
    await given.world.steer('POST', 'faults', { operation: '*', mode: 'fail', status: 503 });
    expect((await mutate(DISCONNECT, { id })).deletedId).toBe(id);
    expect(await rows('deleted, token_sealed')).toEqual([{ deleted: true, token_sealed: null }]);
    await eventually(async () =>
      expect((await events()).at(-1)).toMatchObject({ deleted: true, apiTokens: [] }),
    );
  });

  it.each([
    ['unknown', newId('hetznerProject')],
    ['long', 'x'.repeat(1_000)],
    ['unprintable', '\u0000'],
  ])('is not found by another id: an %s one', async (_, other) => {
    expect((await mutate(UPDATE, { id: other, name: 'x' })).userErrors).toEqual(refused('NOT_FOUND', 'id'));
    expect((await mutate(DISCONNECT, { id: other })).userErrors).toEqual(refused('NOT_FOUND', 'id'));
  });

  it('is changed by owners only', async () => {
    for (const role of ['VIEWER', 'OPERATOR'] as const) {
      const { data } = await given.world.ask(given.world.caller(given.acme, role), DISCONNECT, { id });
      expect(data).toEqual({ payload: { deletedId: null, userErrors: refused('NOT_ALLOWED') } });
    }
  });
});
