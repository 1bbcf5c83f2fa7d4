import { isInfrastructureFailure, isStatementTimeout } from './infrastructure-failure.js';

const withCode = (code: string) => Object.assign(new Error('x'), { code });

describe('an infrastructure failure', () => {
  it.each(['08006', '57P01', '57014', '53300', '40P01', '40001', 'ECONNREFUSED', 'ECONNRESET'])(
    'is one of code %s',
    (code) => {
      expect(isInfrastructureFailure(withCode(code))).toBe(true);
    },
  );

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'])(
    'is %j',
    (message) => {
      expect(isInfrastructureFailure(new Error(message))).toBe(true);
    },
  );

  it.each(['23505', '42501', '22P02'])("is not one of code %s, which is the handler's fault", (code) => {
    expect(isInfrastructureFailure(withCode(code))).toBe(false);
  });

  it('is nothing else', () => {
    expect(isInfrastructureFailure(new TypeError('x is not a function'))).toBe(false);
    expect(isInfrastructureFailure('text')).toBe(false);
  });
});

describe('a statement that took too long', () => {
  it('is told from all else that comes from the database', () => {
    expect(['57014', '57P01', '55P03'].filter((code) => isStatementTimeout(withCode(code)))).toEqual([
      '57014',
    ]);
    expect(isStatementTimeout('57014')).toBe(false);
  });
});
