import {
  checkPoolCatalogue,
  checkPoolForm,
  checkPoolImage,
  type Architecture,
  type Catalogue,
  type PoolBefore,
  type PoolWish,
} from './check-pool.js';

const catalogue: Catalogue = {
  offered: new Map([
    ['cx23', ['fsn1', 'nbg1']],
    ['cpx11', ['ash']],
  ]),
  locations: ['fsn1', 'nbg1', 'ash'],
  architectures: new Map([
    ['cx23', 'x86'],
    ['cax11', 'arm'],
  ]),
};
const pathsOf = (refusals: readonly { path: readonly string[] }[]) =>
  refusals.map(({ path }) => path.join('.'));

describe('what Hetzner offers', () => {
  it.each([
    [['cx23'], ['fsn1'], []],
    [['cx23', 'cpx11'], ['fsn1', 'ash'], []],
    [['cx23', 'cpx11'], ['fsn1'], ['input.serverTypes.1']],
    [['cx99'], ['fsn1'], ['input.serverTypes.0']],
    [['cx23'], ['mars1'], ['input.locations.0']],
    [['cx99'], ['mars1'], ['input.serverTypes.0', 'input.locations.0']],
    [['cx23'], [], []],
    [['cx23'], ['fsn1', 'ash'], ['input.locations.1']],
    [['cx99', 'cx23'], ['fsn1', 'ash'], ['input.serverTypes.0']],
  ])('of %j in %j is missing at %j', (serverTypes, locations, missing) => {
    expect(pathsOf(checkPoolCatalogue({ serverTypes, locations }, catalogue))).toEqual(missing);
  });
});

describe('the locations of runners that exist', () => {
  it.each([
    [['cx23'], ['nbg1'], []],
    [['cx23'], ['ash', 'ash'], ['input.serverTypes']],
    [['cx23', 'cpx11'], ['ash'], []],
  ])('need of %j one that is offered: in %j missing at %j', (serverTypes, ofRunners, missing) => {
    const wish = { serverTypes: ['cx23'], locations: ['fsn1'] };
    const all = { ...wish, serverTypes, locations: serverTypes.length > 1 ? ['fsn1', 'ash'] : ['fsn1'] };
    const before = { serverTypes: ['cx23', 'cpx11'], locations: ['fsn1'], image: 'debian-12', ofRunners };
    const refusals = checkPoolCatalogue(all, catalogue, before);
    expect(pathsOf(refusals)).toEqual(missing);
    for (const { message } of refusals) expect(message).toContain('"ash"');
  });
});

describe('an update of a pool of which Hetzner no longer offers all', () => {
  /** `ash` has none of its types any more, nobody has cx99, and mars1 is closed. */
  const before: PoolBefore = {
    serverTypes: ['cx99', 'cx23'],
    locations: ['fsn1', 'ash', 'mars1'],
    image: 'debian-12',
    ofRunners: ['fsn1', 'ash', 'mars1', 'hel1'],
  };

  it.each<[string, PoolWish, string[]]>([
    ['changes nothing of it', {}, []],
    ['leaves the places that are lost', { locations: ['fsn1'] }, []],
    ['leaves the types that are lost', { serverTypes: ['cx23'] }, []],
    ['repairs one place of two', { serverTypes: ['cx23', 'cpx11'] }, []],
    ['loses a place that was good', { serverTypes: ['cpx11'] }, ['input.locations.0']],
    [
      'loses a place of runners that was good',
      { serverTypes: ['cpx11'], locations: ['ash'] },
      ['input.serverTypes'],
    ],
    ['adds a place that is of no use', { locations: ['fsn1', 'hel1'] }, ['input.locations.1']],
    ['adds a type that there is not', { serverTypes: ['cx23', 'cx98'] }, ['input.serverTypes.1']],
    ['adds a location that there is not', { locations: ['fsn1', 'mars2'] }, ['input.locations.1']],
  ])('that %s', (_, update, refused) => {
    const known = { ...catalogue, locations: [...catalogue.locations, 'hel1'] };
    const { serverTypes, locations } = before;
    const refusals = checkPoolCatalogue({ serverTypes, locations, ...update }, known, before);
    expect(pathsOf(refusals)).toEqual(refused);
  });

  it('is refused for its image where that is another, or does not fit the types that are added', () => {
    const { image } = before;
    const refused = (wish: PoolWish, ...available: Architecture[]) =>
      pathsOf(checkPoolImage({ image, serverTypes: ['cx23'], ...wish }, catalogue, available, before));
    expect(refused({})).toEqual([]);
    expect(refused({ image: 'debian-11' })).toEqual(['input.image']);
    expect(refused({}, 'arm')).toEqual([]);
    expect(refused({ serverTypes: ['cx23', 'cax11'] }, 'x86')).toEqual(['input.image']);
  });
});

describe('an image', () => {
  it.each<[string[], Architecture[], string[]]>([
    [['cx23'], ['x86', 'arm'], []],
    [['cx23', 'cax11'], ['x86', 'arm'], []],
    [['cx23', 'cax11'], ['x86'], ['input.image']],
    [['cx23'], ['arm'], ['input.image']],
    [['cx99'], ['x86'], []],
    [['cx23'], [], ['input.image']],
    [[], [], ['input.image']],
  ])('for %j that exists for %j is refused at %j', (serverTypes, available, refused) => {
    const wish = { image: 'debian-12', serverTypes };
    expect(pathsOf(checkPoolImage(wish, catalogue, available))).toEqual(refused);
    expect(checkPoolImage({ serverTypes }, catalogue, available)).toEqual([]);
  });
});

describe('the form of a pool', () => {
  it('is checked where something is said, and nowhere else', () => {
    expect(checkPoolForm({})).toEqual([]);
  });

  it('is refused at each field that is wrong, all at once', () => {
    const wrong = {
      name: '',
      size: 1.5,
      image: '',
      idleTimeout: 'P',
      tags: ['', 'a,b', 'a\u0000b'],
      locations: [],
    };
    expect(pathsOf(checkPoolForm(wrong))).toEqual([
      'input.name',
      'input.tags.0',
      'input.tags.1',
      'input.tags.2',
      'input.locations',
      'input.image',
      'input.size',
      'input.idleTimeout',
    ]);
  });

  it.each([
    [{ kind: 'INSTANCE' as const }, []],
    [{ kind: 'INSTANCE' as const, fullPath: 'acme' }, ['input.scope.fullPath']],
    [{ kind: 'GROUP' as const, fullPath: 'acme/sub.group' }, []],
    [{ kind: 'PROJECT' as const, fullPath: 'acme/../x y' }, ['input.scope.fullPath']],
    [{ kind: 'GROUP' as const, fullPath: null }, ['input.scope.fullPath']],
  ])('takes the scope %j but for %j', (scope, wrong) => {
    expect(pathsOf(checkPoolForm({ scope }))).toEqual(wrong);
  });
});

it('a duration that a pool cannot have is told its range', () => {
  const told = (wish: PoolWish) => checkPoolForm(wish).map(({ message }) => message);
  expect(told({ idleTimeout: 'PT25H' })).toEqual(['A duration such as PT5M, from 0 minutes to 1 day.']);
  expect(told({ maxMachineAge: 'PT9M' })).toEqual(['A duration such as PT5M, from 10 minutes to 30 days.']);
});
