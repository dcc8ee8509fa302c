import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { routesOfService } from './serviceRoutes';

const route = (namespace: string, name: string, parentRefs: object[]) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name, namespace },
  spec: { parentRefs },
});

const service = { group: '', kind: 'Service', name: 'reviews' };

describe('routesOfService', () => {
  const snapshot = MeshSnapshot.of('east', [
    route('shop', 'gateway', [{ name: 'reviews' }]),
    route('shop', 'mesh', [
      { name: 'entry' },
      service,
      { ...service, port: 80 },
    ]),
    route('web', 'consumer', [
      { ...service, group: 'core', namespace: 'shop' },
    ]),
    route('web', 'other', [service]),
    {
      ...route('shop', 'linkerd', [service]),
      apiVersion: 'policy.linkerd.io/v1beta3',
    },
  ]);
  const of = (
    kind: 'gateway.networking.k8s.io/HTTPRoute' | 'policy.linkerd.io/HTTPRoute',
  ) =>
    routesOfService(snapshot, kind, { namespace: 'shop', name: 'reviews' }).map(
      ({ route: { metadata }, parent, field }) =>
        `${metadata.namespace}/${metadata.name} ${field} ${
          parent.port ?? ''
        }`.trim(),
    );

  it('finds those that name the Service, from any namespace and by each reference', () => {
    expect(of('gateway.networking.k8s.io/HTTPRoute').sort()).toEqual([
      'shop/mesh spec.parentRefs[1]',
      'shop/mesh spec.parentRefs[2] 80',
      'web/consumer spec.parentRefs[0]',
    ]);
  });

  it('keeps kinds of one name apart', () => {
    expect(of('policy.linkerd.io/HTTPRoute')).toEqual([
      'shop/linkerd spec.parentRefs[0]',
    ]);
  });
});
