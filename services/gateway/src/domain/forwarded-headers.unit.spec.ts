import { headersToCaller, headersToService, withoutCredentials } from './forwarded-headers.js';

describe('headers', () => {
  it('go to a service as they came', () => {
    const headers = {
      'content-type': 'application/json',
      'x-gitlab-event': 'Job Hook',
      'webhook-signature': 'v1,a',
      authorization: 'Basic x',
      'set-cookie': ['a', 'b'],
    };
    expect(headersToService(headers)).toEqual(headers);
  });

  it.each([
    'connection',
    'keep-alive',
    'transfer-encoding',
    'te',
    'trailer',
    'upgrade',
    'proxy-authorization',
    'host',
    'content-length',
    'expect',
    'x-cleanroom-caller',
    'x-cleanroom-signature',
    'x-cleanroom-anything',
    'x-forwarded-for',
    'forwarded',
    'traceparent',
    'x-request-id',
  ])('never go to a service under the name %s', (name) => {
    expect(headersToService({ [name]: 'x', accept: '*/*' })).toEqual({ accept: '*/*' });
  });

  it('that one connection names as its own go no further', () => {
    expect(headersToService({ connection: 'Close, X-Hop', 'x-hop': '1', 'x-stays': '2' })).toEqual({
      'x-stays': '2',
    });
  });

  it('of a service that are its own business do not reach the caller', () => {
    const answer = {
      'retry-after': '1',
      'x-cleanroom-inner': 'x',
      'x-powered-by': 'x',
      connection: 'keep-alive',
      'content-length': '3',
      absent: undefined,
    };
    expect(headersToCaller(answer)).toEqual({ 'retry-after': '1' });
  });

  it('of a machine’s proof are left out once it was checked', () => {
    const headers = {
      authorization: 'Bearer x',
      'x-machine-signature': 'y',
      'x-machine-time': '1',
      accept: '*/*',
    };
    expect(withoutCredentials(headers)).toEqual({ accept: '*/*' });
  });
});
