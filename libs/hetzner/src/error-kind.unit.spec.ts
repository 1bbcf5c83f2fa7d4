import { errorKind } from './error-kind.js';

describe('a 404', () => {
  const answered = (code: string, write: boolean) => errorKind({ httpStatus: 404, code, message: '', write });

  it('says that a thing is gone where it is Hetzner’s own', () => {
    expect(answered('not_found', false)).toBe('not-found');
    expect(answered('not_found', true)).toBe('not-found');
  });

  it('says nothing of the thing where it is a proxy’s page', () => {
    expect(answered('', false)).toBe('unavailable');
    expect(answered('', true)).toBe('unknown-outcome');
  });
});
