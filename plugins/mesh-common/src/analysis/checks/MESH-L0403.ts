import { Service } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import {
  routeName,
  TCP_ROUTE_KIND,
  TLS_ROUTE_KIND,
} from '../../linkerd/linkerdRoutes';
import { routesOfParent } from '../../linkerd/outbound/routesOfParent';
import { outboundProtocol } from '../../linkerd/outboundProtocol';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { isLinkerdRoute } from '../../linkerd/meshed';

const REQUEST_SETTINGS =
  /^(?:retry|timeout|balancer|balancer\.alpha)\.linkerd\.io\//;

export const opaqueWithRequests = defineCheck({
  code: 'MESH-L0403',
  level: 'warning',
  title: 'Settings for requests on a port that is opaque',
  explanation:
    'What is sent to an opaque port is not read: there are no requests that routes could take, that could be tried again, time out or be counted as failures. A port is opaque by the annotation config.linkerd.io/opaque-ports, by an appProtocol that Linkerd does not know, or since the control plane makes it so (25, 587, 3306, 4444, 5432, 6379, 9300, 11211 unless set otherwise).',
  upstream: 'policy-controller/grpc/src/outbound.rs (linkerd2)',
  mesh: 'linkerd',
  subject: 'Service',
  needs: [],
  *run(service, snapshot) {
    const ports = service.spec.ports.filter(
      ({ protocol }) => protocol === 'TCP',
    );
    const opaque = ports
      .map(({ port }) => port)
      .filter(
        port => outboundProtocol(snapshot, service, port).protocol === 'opaque',
      );
    if (opaque.length === 0) {
      return;
    }
    const all = opaque.length === ports.length;
    const { annotations, name } = service.metadata;
    const [setting] = Object.keys(annotations).filter(annotation =>
      REQUEST_SETTINGS.test(annotation),
    );
    if (all && setting) {
      yield {
        message: `${setting} of Service ${name} has no effect: ${portsText(
          opaque,
        )} opaque`,
        field: `metadata.annotations.${setting}`,
      };
    }
    const [route] = routesOf(snapshot, service, opaque, all);
    if (route) {
      yield {
        message: `${route} has no effect on Service ${name}: ${portsText(
          opaque,
        )} opaque`,
        field: 'spec.ports',
      };
    }
  },
});

/** The routes of requests that have a Service as parent with nothing but opaque ports. */
function routesOf(
  snapshot: MeshSnapshot,
  service: Service,
  opaque: readonly number[],
  all: boolean,
): string[] {
  return routesOfParent(snapshot, {
    kind: 'Service',
    namespace: namespaceOf(service),
    name: service.metadata.name,
  }).flatMap(({ route, referent: { port } }) =>
    route.kind !== TLS_ROUTE_KIND &&
    route.kind !== TCP_ROUTE_KIND &&
    (port === undefined ? all : opaque.includes(port)) &&
    isLinkerdRoute(snapshot, route)
      ? routeName(route)
      : [],
  );
}

function portsText(ports: readonly number[]): string {
  return ports.length === 1
    ? `port ${ports[0]} is`
    : `ports ${ports.join(', ')} are`;
}
