import { Entity } from '@backstage/catalog-model';
import { FakeApiServer } from './FakeApiServer';
import {
  istio,
  namespaceObject,
  peerAuthentication,
  service,
  workload,
} from './objects';
import { StartOptions } from './startMesh';

export function component(
  name: string,
  annotations: Record<string, string> = { 'backstage.io/kubernetes-id': name },
  relations: [string, string][] = [],
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  };
}

/**
 * `reviews` in the namespace `shop`, with clients in namespaces of their own: `page` and `secret`, which the
 * catalog declares, and `ghost`, which has no entity. The namespace of `secret` sends plaintext.
 */
export const SHOP_ENTITIES: Entity[] = [
  component('reviews', undefined, [
    ['dependencyOf', 'component:default/page'],
    ['dependencyOf', 'component:default/secret'],
  ]),
  component('page'),
  component('secret'),
  component('nowhere'),
  component('elsewhere', {
    'backstage.io/kubernetes-id': 'reviews',
    'backstage.io/kubernetes-cluster': 'north',
  }),
  component('wrong', { 'backstage.io/kubernetes-label-selector': 'app=(' }),
  component('library', {}),
];

/** The reader may read everything but `secret`. */
export const SHOP_RIGHTS: StartOptions['mayRead'] = (who, ref) =>
  who === 'reader' && ref !== 'component:default/secret';

const INSTALLED = [
  'security.istio.io/PeerAuthentication',
  'security.istio.io/AuthorizationPolicy',
  'networking.istio.io/VirtualService',
  'networking.istio.io/DestinationRule',
] as const;

export async function startShop(): Promise<FakeApiServer> {
  const server = await FakeApiServer.start();
  INSTALLED.forEach(kindId => server.install(kindId));
  [
    ...['shop', 'front', 'vault', 'crypt', 'fake-system'].map(namespaceObject),
    ...workload('reviews', { ready: false }),
    ...workload('page', { namespace: 'front' }),
    ...workload('secret', { namespace: 'vault' }),
    ...workload('ghost', { namespace: 'crypt' }),
    ...workload('bystander', { ready: false }),
    service('reviews'),
    peerAuthentication('PERMISSIVE'),
    peerAuthentication('PERMISSIVE', 'vault'),
    istio('VirtualService', 'reviews', 'shop', { hosts: ['reviews'] }),
    istio('VirtualService', 'from-here', 'front', { hosts: ['reviews'] }),
    istio('DestinationRule', 'plain', 'vault', { host: 'reviews' }),
    istio('DestinationRule', 'plain', 'crypt', { host: 'reviews' }),
    istio('AuthorizationPolicy', 'reviews', 'shop', {
      rules: [
        {
          from: [{ source: { principals: ['crypt/ghost', 'nowhere/nobody'] } }],
        },
      ],
    }),
  ].forEach(object => server.put(object));
  return server;
}
