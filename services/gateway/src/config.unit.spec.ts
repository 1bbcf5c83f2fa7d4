import { randomBytes } from 'node:crypto';
import { parseConfig } from '@cleanroom/service-kit/edge';
import { gatewayConfigSchema } from './config.js';

const subgraphs = {
  identity: 'http://127.0.0.1:4002/graphql',
  provisioning: 'http://127.0.0.1:4001/graphql',
  scheduling: 'http://127.0.0.1:4004/graphql',
};
const env = {
  CLEANROOM_PORT: '4000',
  CLEANROOM_PUBLIC_ORIGIN: 'https://cleanroom.example/',
  CLEANROOM_GATEWAY_KEY: randomBytes(32).toString('base64'),
  CLEANROOM_SUBGRAPHS: JSON.stringify(subgraphs),
};
const problems = (changed: Record<string, string | undefined>): string[] => {
  try {
    parseConfig(gatewayConfigSchema, { ...env, ...changed });
    return [];
  } catch (error) {
    return [...(error as { problems: string[] }).problems];
  }
};

describe('the configuration of the gateway', () => {
  it('needs little, and listens on this machine only', () => {
    expect(parseConfig(gatewayConfigSchema, env)).toMatchObject({
      CLEANROOM_HOST: '127.0.0.1',
      CLEANROOM_PUBLIC_ORIGIN: 'https://cleanroom.example',
      CLEANROOM_SUBGRAPHS: subgraphs,
      CLEANROOM_TRUSTED_PROXIES: [],
      CLEANROOM_OPERATION_DEPTHS: {},
      CLEANROOM_MAX_COST: 50_000,
    });
  });

  it('is refused with everything that is wrong with it at once', () => {
    expect(
      problems({ CLEANROOM_PORT: 'x', CLEANROOM_GATEWAY_KEY: 'short', CLEANROOM_SUBGRAPHS: undefined }),
    ).toHaveLength(3);
  });

  it.each([
    ['CLEANROOM_SUBGRAPHS', '{secret'],
    ['CLEANROOM_SUBGRAPHS', '{"identity":"secret"}'],
    ['CLEANROOM_SUBGRAPHS', '{"identity":"http://127.0.0.1:4002/secret"}'],
    ['CLEANROOM_OPERATION_DEPTHS', '{"secret":0}'],
    ['CLEANROOM_GATEWAY_KEY', 'secret'],
  ])('is refused with %s as %s, without repeating what may be a secret value', (name, value) => {
    const [problem] = problems({ [name]: value });
    expect(problem).toMatch(new RegExp(`^${name}`));
    expect(problem?.replace('secret:', '')).not.toContain('"secret"');
  });
});
