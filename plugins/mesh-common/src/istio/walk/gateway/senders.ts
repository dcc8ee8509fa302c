import { backendOf, isService } from '../../../gateway-api/references';
import { namespaceOf } from '../../../kubernetes/objects';
import { addTo } from '../../../snapshot/addTo';
import { defineIndex } from '../../../snapshot/defineIndex';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { VirtualService } from '../../objects';
import { destinationsOf } from '../../routing/virtualServiceParts';
import { AnyRoute, ROUTE_KINDS } from './routesOfGateway';

const virtualServices = defineIndex(
  ['networking.istio.io/VirtualService'],
  ({ objects }) => {
    const byHost = new Map<string, VirtualService[]>();
    /** By `namespace/name` of what they delegate to. */
    const byDelegate = new Map<string, VirtualService[]>();
    for (const found of objects('networking.istio.io/VirtualService')) {
      const hosts = [...destinationsOf(found)]
        .filter(({ mirror }) => !mirror)
        .map(({ destination }) => destination.host);
      new Set(hosts).forEach(host => addTo(byHost, host, found));
      for (const { delegate } of found.spec?.http ?? []) {
        if (delegate) {
          const place = delegate.namespace || namespaceOf(found);
          addTo(byDelegate, `${place}/${delegate.name}`, found);
        }
      }
    }
    return { byHost, byDelegate };
  },
);

/** The VirtualServices of all namespaces that send to a Service, themselves or by a delegate. */
export function virtualServicesSendingTo(
  snapshot: MeshSnapshot,
  host: string,
  service: { name: string; namespace: string },
): VirtualService[] {
  const kind = 'networking.istio.io/VirtualService';
  const places = snapshot.namespacesOf(kind);
  const direct = places.flatMap(place => {
    const { byHost } = virtualServices(snapshot, place);
    return [
      ...(byHost.get(host) ?? []),
      // A short name is one of the VirtualService's own namespace.
      ...(place === service.namespace ? byHost.get(service.name) ?? [] : []),
    ];
  });
  const leaves = direct
    .filter(({ spec }) => !spec?.hosts?.length)
    .map(leaf => `${namespaceOf(leaf)}/${leaf.metadata.name}`);
  const roots = places.flatMap(place =>
    leaves.flatMap(
      leaf => virtualServices(snapshot, place).byDelegate.get(leaf) ?? [],
    ),
  );
  return [...new Set([...direct, ...roots])];
}

const routes = defineIndex(ROUTE_KINDS, ({ objects }) => {
  const byService = new Map<string, AnyRoute[]>();
  const collect = (route: AnyRoute) => {
    const { object } = route;
    const rules: readonly {
      backendRefs?: Parameters<typeof backendOf>[0][];
    }[] = object.spec?.rules ?? [];
    const names = rules
      .flatMap(({ backendRefs = [] }) => backendRefs)
      .map(reference => backendOf(reference, namespaceOf(object)))
      .filter(isService)
      .map(({ namespace, name }) => `${namespace}/${name}`);
    new Set(names).forEach(name => addTo(byService, name, route));
  };
  const [http, grpc, tls, tcp] = ROUTE_KINDS;
  objects(http).forEach(object => collect({ kind: http, object }));
  objects(grpc).forEach(object => collect({ kind: grpc, object }));
  objects(tls).forEach(object => collect({ kind: tls, object }));
  objects(tcp).forEach(object => collect({ kind: tcp, object }));
  return byService;
});

/** The routes of the Gateway API, of all namespaces, one of whose backends is a Service. */
export function routesSendingTo(
  snapshot: MeshSnapshot,
  service: { name: string; namespace: string },
): AnyRoute[] {
  const places = new Set(
    ROUTE_KINDS.flatMap(kind => [...snapshot.namespacesOf(kind)]),
  );
  return [...places].flatMap(
    place =>
      routes(snapshot, place).get(`${service.namespace}/${service.name}`) ?? [],
  );
}
