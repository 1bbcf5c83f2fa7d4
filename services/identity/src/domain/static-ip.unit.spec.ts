import { carriesLabels, locationOf, primaryIpLabels, primaryIpName } from './static-ip.js';

const locations = ['fsn1', 'nbg1', 'hel1'];

describe('the location of a static IP', () => {
  it('goes round the locations of the pool, seat by seat', () => {
    const places = [0, 1, 2, 3].map((seat) => locationOf({ seat, locations, refusals: 0 }));
    expect(places).toEqual(['fsn1', 'nbg1', 'hel1', 'fsn1']);
  });

  it('is the next one where a location refused', () => {
    expect(locationOf({ seat: 1, locations, refusals: 1 })).toBe('hel1');
    expect(locationOf({ seat: 1, locations, refusals: 2 })).toBe('fsn1');
  });
});

describe('a Primary IP at Hetzner', () => {
  const ip = { id: 'run_01abc', organizationId: 'org_1', poolId: 'pool_1' };

  it('has a name that follows from its runner, so that it is found after a lost answer', () => {
    expect(primaryIpName('run_01abc')).toBe('cr-ip-01abc');
  });

  it('is ours only if it carries all of our labels, whatever else it carries', () => {
    const labels = primaryIpLabels('prod', ip);
    expect(carriesLabels({ ...labels, team: 'web' }, labels)).toBe(true);
    for (const missing of Object.keys(labels)) {
      const { [missing]: _, ...others } = labels;
      expect(carriesLabels(others, labels)).toBe(false);
      expect(carriesLabels({ ...labels, [missing]: 'another' }, labels)).toBe(false);
    }
  });
});
