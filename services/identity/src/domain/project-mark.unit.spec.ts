import { markedBy, markLabels } from './project-mark.js';

const owner = { installation: 'prod', organizationId: 'org_1', hetznerProjectId: 'hp_1' };

describe('the mark of a Hetzner project', () => {
  it('names the connection to the organisation that made it', () => {
    expect(markedBy(markLabels(owner), owner)).toEqual({
      kind: 'this-organization',
      hetznerProjectId: 'hp_1',
    });
  });

  it.each([
    ['of another organisation', markLabels({ ...owner, organizationId: 'org_2' })],
    ['of another installation', markLabels({ ...owner, installation: 'staging' })],
    ['without our labels', {}],
  ])('%s is not ours to touch', (_, labels) => {
    expect(markedBy(labels, owner)).toEqual({ kind: 'somebody-else' });
  });
});
