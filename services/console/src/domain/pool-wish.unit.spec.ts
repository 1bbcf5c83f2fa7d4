import { changesOf, inputOf, USUAL_WISH, wishOf } from './pool-wish.js';

const pool = {
  name: 'linux',
  tags: ['linux', 'docker'],
  runUntagged: false,
  protectedOnly: true,
  serverTypes: ['cx23', 'cpx22'],
  locations: ['fsn1'],
  image: 'debian-12',
  freshMachine: 'EVERY_JOB',
  idleTimeout: 'PT5M',
  maxMachineAge: 'PT36H',
} as const;

it('is written as people write lists and durations', () => {
  expect(wishOf(pool)).toMatchObject({
    tags: 'linux, docker',
    serverTypes: 'cx23, cpx22',
    idleTimeout: '5 min',
    maxMachineAge: '1 d 12 h',
  });
});

it('is read as they may write them', () => {
  expect(inputOf({ ...USUAL_WISH, name: ' arm ', tags: 'a,, b ,', idleTimeout: '10min' })).toMatchObject({
    name: 'arm',
    tags: ['a', 'b'],
    serverTypes: [],
    idleTimeout: 'PT600S',
    maxMachineAge: 'PT86400S',
  });
});

it('tells only what became another', () => {
  const before = wishOf(pool);
  expect(changesOf(before, before)).toEqual({});
  expect(changesOf(before, { ...before, tags: 'linux', protectedOnly: false })).toEqual({
    tags: ['linux'],
    protectedOnly: false,
  });
});
