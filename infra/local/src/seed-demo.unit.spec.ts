import { GraphqlFailed, type AskGraphql } from './graphql-client.js';
import { seedDemo } from './seed-demo.js';

const places = { hetznerUrl: 'h', hetznerToken: 'ht', gitlabUrl: 'g', gitlabToken: 'gt' };

describe('the demo', () => {
  /** What was made, by the field of the mutation. */
  let made: string[];
  /** Thrown by the next mutation of this name, once. */
  let broken: { mutation: string; error: Error } | undefined;

  const ask = (async (query: string) => {
    const mutation = /\b(\w+)\((?:input|policyId|scheduleId):/.exec(query)?.[1];
    if (!mutation) return existing();
    if (broken?.mutation === mutation) {
      const { error } = broken;
      broken = undefined;
      throw error;
    }
    made.push(mutation);
    return { [mutation]: { made: { id: mutation }, userErrors: [] } };
  }) as AskGraphql;
  const known = (mutation: string) => (made.includes(mutation) ? [{ id: mutation }] : []);
  const existing = () => ({
    viewer: {
      organization: {
        hetznerProjects: known('connectHetznerProject'),
        gitlabConnections: known('connectGitLab'),
      },
    },
    firewallPolicies: { nodes: known('createFirewallPolicy') },
    schedules: { nodes: known('createSchedule') },
    runnerPools: { nodes: known('createRunnerPool') },
  });
  const away = new GraphqlFailed('This part is not available now.', ['SERVICE_UNAVAILABLE']);
  const ALL = [
    'connectHetznerProject',
    'connectGitLab',
    'createFirewallPolicy',
    'createSchedule',
    'createRunnerPool',
    'assignFirewallPolicy',
    'assignSchedule',
  ];

  beforeEach(() => {
    made = [];
    broken = undefined;
  });

  it.each(ALL)(
    'is whole, each thing made once, where a service is away for a moment at %s',
    async (mutation) => {
      broken = { mutation, error: away };
      expect(await seedDemo(ask, places)).toBe(true);
      expect(made.filter((name) => !name.startsWith('assign')).sort()).toEqual(
        ALL.filter((name) => !name.startsWith('assign')).sort(),
      );
      expect(made).toEqual(expect.arrayContaining(ALL));
    },
  );

  it('is left alone where an earlier start made it', async () => {
    made = ALL.slice(0, 5);
    expect(await seedDemo(ask, places)).toBe(false);
    expect(made).toHaveLength(5);
  });

  it('says at once what else is wrong', async () => {
    broken = { mutation: 'connectGitLab', error: new GraphqlFailed('No.', ['BAD_USER_INPUT']) };
    await expect(seedDemo(ask, places)).rejects.toThrow('No.');
  });
});
