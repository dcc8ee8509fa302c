import { requestUrl } from './requestUrl';

const entity = { kind: 'component', namespace: 'default', name: 'reviews' };

describe('requestUrl', () => {
  it('fills in the path and sorts the query', () => {
    expect(
      requestUrl('object', {
        params: entity,
        query: {
          objectName: 'default',
          cluster: 'east',
          kind: 'security.istio.io/PeerAuthentication',
          objectNamespace: undefined,
        },
      }),
    ).toBe(
      'plugin://mesh/entities/component/default/reviews/object?cluster=east&kind=security.istio.io%2FPeerAuthentication&objectName=default',
    );
  });

  it('lets no name leave its place in the path', () => {
    expect(
      requestUrl('mtls', {
        params: { ...entity, name: '../../fleet/clusters?x' },
        query: {},
      }),
    ).toBe(
      'plugin://mesh/entities/component/default/..%2F..%2Ffleet%2Fclusters%3Fx/mtls',
    );
  });

  it('refuses an entity without a name', () => {
    expect(() =>
      requestUrl('mtls', { params: { ...entity, name: '' }, query: {} }),
    ).toThrow('mtls needs the parameter name');
  });
});
