import { withoutAddresses } from './withoutAddresses';

describe('withoutAddresses', () => {
  it.each([
    ['connect ECONNREFUSED 10.1.2.3:6443', 'connect ECONNREFUSED'],
    ['connect ECONNREFUSED ::1:6443', 'connect ECONNREFUSED'],
    ['connect ETIMEDOUT fd00:1:2::3:443', 'connect ETIMEDOUT'],
    ['getaddrinfo ENOTFOUND api.east.internal', 'getaddrinfo ENOTFOUND'],
    ['https://api.east.internal:6443/api failed', '… failed'],
    [
      "Cluster 'east' request error; caused by Error: self-signed certificate",
      "Cluster 'east' request error; caused by Error: self-signed certificate",
    ],
    [
      'user "system:serviceaccount:backstage:mesh" at v1.34.1',
      'user "system:serviceaccount:backstage:mesh" at v1.34.1',
    ],
  ])('%s', (message, expected) => {
    expect(withoutAddresses(message)).toBe(expected);
  });
});
