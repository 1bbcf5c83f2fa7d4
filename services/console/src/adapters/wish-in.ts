import type { PoolWish } from '../domain/pool-wish.js';

/** What a form of a pool says. */
export const wishIn = (form: FormData): PoolWish => {
  const text = (name: keyof PoolWish) => String(form.get(`input.${name}`) ?? '');
  const isChosen = (name: keyof PoolWish) => form.has(`input.${name}`);
  return {
    name: text('name'),
    tags: text('tags'),
    runUntagged: isChosen('runUntagged'),
    protectedOnly: isChosen('protectedOnly'),
    serverTypes: text('serverTypes'),
    locations: text('locations'),
    image: text('image'),
    freshMachine: text('freshMachine') === 'EVERY_START' ? 'EVERY_START' : 'EVERY_JOB',
    idleTimeout: text('idleTimeout'),
    maxMachineAge: text('maxMachineAge'),
  };
};
