import { unwrapWith } from '@cleanroom/secrets';
import { eventually } from '@cleanroom/testing';
import { UPDATE, hetznerProjects, refused } from './hetzner-projects.js';
import { newId } from './identity-world.js';

const { given, mutate, connect, sshKeys, rows, events } = hetznerProjects();

describe('connecting a Hetzner project', () => {
  it('marks the project with a key that nobody holds and stores the token sealed', async () => {
    const { hetznerProject, userErrors } = await connect();
    expect(userErrors).toEqual([]);
    expect(hetznerProject).toMatchObject({ name: 'Builds', status: 'CONNECTED' });
    const [key] = await sshKeys();
    expect(key).toMatchObject({
      name: 'cleanroom',
      public_key: expect.stringMatching(/^ssh-ed25519 /),
      labels: {
        'cleanroom-installation': 'spec',
        'cleanroom-organization': given.acme,
        'cleanroom-hetzner-project': hetznerProject?.id,
      },
    });
    const [row] = await rows('*');
    expect(JSON.stringify(row)).not.toContain(given.tokens.token);
  });

  it('tells each service that needs the token in a way that only that service can read', async () => {
    const { hetznerProject } = await connect();
    const [event] = await eventually(async () => {
      const told = await events();
      return told.length > 0 && told;
    });
    expect(event?.apiTokens.map(({ recipient }) => recipient)).toEqual([
      'provisioning',
      'firewall',
      'billing',
    ]);
    const binding = { organizationId: given.acme, kind: 'hetzner-token', rowId: hetznerProject?.id ?? '' };
    for (const { recipient, sealed } of event?.apiTokens ?? []) {
      const opened = await unwrapWith(given.world.recipients[recipient]!.privateKey, sealed, binding);
      expect(opened.reveal()).toBe(given.tokens.token);
      await expect(
        unwrapWith(given.world.recipients.scheduling!.privateKey, sealed, binding),
      ).rejects.toThrow();
    }
  });

  it.each<[string, object, string, string]>([
    ['a token of another form', { apiToken: 'short' }, 'CREDENTIALS_INVALID', 'apiToken'],
    ['a token that Hetzner does not know', { apiToken: 'x'.repeat(64) }, 'CREDENTIALS_INVALID', 'apiToken'],
    ['an endpoint that is not allowed', { endpoint: 'http://127.0.0.1:1/v1' }, 'NOT_ALLOWED', 'endpoint'],
    ['an endpoint that is none', { endpoint: 'hetzner' }, 'NOT_ALLOWED', 'endpoint'],
    ['a name of blanks', { name: '  ' }, 'INVALID', 'name'],
    ['a name that cannot be stored', { name: 'a\u0000b' }, 'INVALID', 'name'],
  ])('refuses %s and stores nothing', async (_, given, code, field) => {
    expect((await connect(given)).userErrors).toEqual(refused(code, 'input', field));
    expect(await rows('id, status')).toEqual([]);
    expect(await sshKeys()).toEqual([]);
  });

  it('refuses a token that may only read, and says what is needed', async () => {
    const { userErrors } = await connect({ apiToken: given.tokens.readonly });
    expect(userErrors).toEqual(refused('CREDENTIALS_INVALID', 'input', 'apiToken'));
    expect(userErrors[0]?.message).toContain('read and write');
    expect(await rows('id')).toEqual([]);
  });

  it('says at the address that Hetzner cannot be reached', async () => {
    await given.world.steer('POST', 'faults', { operation: '*', mode: 'fail', status: 503 });
    expect((await connect()).userErrors).toEqual(refused('INVALID', 'input', 'endpoint'));
    expect(await rows('id, status')).toEqual([]);
  });

  it('refuses the same project a second time, also with another token of it', async () => {
    await connect();
    expect((await connect({ apiToken: given.tokens.second })).userErrors).toEqual(
      refused('ALREADY_EXISTS', 'input', 'apiToken'),
    );
  });

  it('refuses it also where its address is written in another way', async () => {
    await connect();
    for (const endpoint of [
      `${given.world.hetzner.endpoint}/`,
      ` ${given.world.hetzner.endpoint.toUpperCase().replace('/V1', '/v1')}`,
    ])
      expect((await connect({ endpoint })).userErrors).toEqual(
        refused('ALREADY_EXISTS', 'input', 'apiToken'),
      );
  });

  it('takes no address with credentials, a query or a fragment', async () => {
    const { host } = new URL(given.world.hetzner.endpoint);
    for (const endpoint of [`http://user:secret@${host}/v1`, `http://${host}/v1?a=b`, `http://${host}/v1#a`])
      expect((await connect({ endpoint })).userErrors).toEqual(refused('NOT_ALLOWED', 'input', 'endpoint'));
    expect(await rows('id')).toEqual([]);
  });

  it('refuses a project that another organisation has marked', async () => {
    await connect();
    const { organizationId: globex } = await given.world.organization('Globex');
    expect((await connect({}, globex)).userErrors).toEqual(refused('CONFLICT', 'input', 'apiToken'));
  });

  const billedInDollars = async (isGone: boolean) => {
    await connect();
    await given.world.db.asAdmin(
      `UPDATE hetzner_project SET currency = 'USD', deleted = $2 WHERE organization_id = $1`,
      [given.acme, isGone],
    );
  };

  it.each([
    ['are', false],
    ['were', true],
  ])('refuses a project that is billed in another currency than those that %s used', async (_, gone) => {
    await billedInDollars(gone);
    await given.world.db.asAdmin(
      `INSERT INTO static_ip (id, organization_id, pool_id, hetzner_project_id, source_version, status, seat, locations)
       SELECT $2, organization_id, $3, id, 1, 'RELEASED', 0, '{fsn1}' FROM hetzner_project WHERE organization_id = $1`,
      [given.acme, newId('runner'), newId('pool')],
    );
    const { token: apiToken } = await given.world.newProject();
    const { userErrors } = await connect({ apiToken });
    expect(userErrors).toEqual(refused('CONFLICT', 'input', 'apiToken'));
    expect(userErrors[0]?.message).toContain('in EUR, and "Builds" in USD');
    expect(await rows('id')).toHaveLength(1);
    const { ssh_keys: keys } = await given.world.atHetzner<{ ssh_keys: object[] }>(apiToken, '/ssh_keys');
    expect(keys).toEqual([]);
  });

  it('takes one of any currency after one that was disconnected without having been used', async () => {
    await billedInDollars(true);
    const { token: apiToken } = await given.world.newProject();
    expect((await connect({ apiToken })).userErrors).toEqual([]);
  });

  it('takes over its own mark when an earlier try died, or lost the answer, before it stored anything', async () => {
    await given.world.steer('POST', 'faults', {
      operation: 'create_ssh_key',
      mode: 'lose_answer',
      times: 1,
    });
    expect((await connect()).userErrors).toEqual(refused('INVALID', 'input', 'endpoint'));
    const [mark] = await sshKeys();
    const { hetznerProject, userErrors } = await connect();
    expect(userErrors).toEqual([]);
    expect(await sshKeys()).toEqual([
      expect.objectContaining({
        id: mark?.id,
        labels: expect.objectContaining({ 'cleanroom-hetzner-project': hetznerProject?.id }),
      }),
    ]);
  });

  it('lets one of two that connect the same project at once through', async () => {
    const answers = await Promise.all([connect(), connect({ apiToken: given.tokens.second })]);
    const connected = answers.flatMap(({ hetznerProject }) => hetznerProject ?? []);
    expect(connected).toHaveLength(1);
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(
      refused('ALREADY_EXISTS', 'input', 'apiToken'),
    );
    const replaced = await mutate(UPDATE, { id: connected[0]?.id, apiToken: given.tokens.second });
    expect(replaced.userErrors).toEqual([]);
  });
});
