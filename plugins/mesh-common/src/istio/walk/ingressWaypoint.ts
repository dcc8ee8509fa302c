import { Reason } from '../../contract/common';
import { Service } from '../../kubernetes/core';
import { parseGoBool } from '../../kubernetes/goBool';
import { namespaceOf } from '../../kubernetes/objects';
import { because } from '../../mesh/answers';
import { FoundBranch } from '../../mesh/walk/compose';
import { lowerCase, withOperations } from '../../mesh/walk/headers';
import { step } from '../../mesh/walk/steps';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { istiodSetting } from '../controlPlane';
import { serviceHost } from '../hosts';
import { clusterDomain } from '../injectorConfig';
import { waypointOf } from '../waypoint';
import { throughWaypoint } from './throughWaypoint';
import { Way } from './way';

const RULE = 'istio/walk/ingress-waypoint';
const LABEL = 'istio.io/ingress-use-waypoint';
const FEATURE = 'ENABLE_INGRESS_WAYPOINT_ROUTING';

/**
 * What becomes of requests that a gateway sends to the waypoint of a Service in place of its pods, which it does where the
 * Service, else its namespace, has the label for that, and the Service has an address. Undefined: the gateway passes the
 * waypoint by, with its routes and policies.
 *
 * Upstream: pilot/pkg/xds/endpoints/endpoint_builder.go, `findServiceWaypoint`;
 * pilot/pkg/serviceregistry/ambient/services.go, `ingressUseWaypointFromLabels`.
 */
export function ingressWaypoint(
  way: Way,
  service: Service,
): FoundBranch[] | undefined {
  const { snapshot, request, servicePort } = way;
  const asked = labelOf(snapshot, service);
  if (
    !asked ||
    service.spec.clusterIP === 'None' ||
    istiodSetting(snapshot, FEATURE) === 'false'
  ) {
    return undefined;
  }
  const { gateway } = waypointOf(snapshot, service);
  if (!gateway) {
    return undefined;
  }
  const host = serviceHost(
    {
      name: service.metadata.name,
      namespace: service.metadata.namespace ?? '',
    },
    clusterDomain(snapshot),
  );
  const { steps, branches, ending } = throughWaypoint(
    {
      ...way,
      request: {
        ...request,
        host,
        port: servicePort ?? request.port,
        path: way.path,
        headers: way.headers.reduce(withOperations, lowerCase(request.headers)),
      },
      headers: [],
      // To what is behind the waypoint the gateway is a client as those in ambient mode are.
      client: { ...way.client, mode: 'ambient' },
      toWaypoint: undefined,
    },
    { is: 'service', host, service },
    { gateway, target: { kind: 'Service', object: service } },
  );
  const first = step(
    'destination',
    'ok',
    `${host}: to its waypoint ${namespaceOf(gateway)}/${gateway.metadata.name}`,
    [asked],
  );
  if (ending) {
    return [
      {
        percent: 100,
        host,
        workloads: [],
        sends: 'mtls',
        ...ending,
        steps: [first, ...steps],
      },
    ];
  }
  return branches.map(branch => ({
    ...branch,
    steps: [first, ...steps, ...branch.steps],
  }));
}

function labelOf(snapshot: MeshSnapshot, service: Service): Reason | undefined {
  const namespace = snapshot.get('Namespace', undefined, namespaceOf(service));
  const [place] = [
    { kind: 'Service' as const, object: service },
    ...(namespace ? [{ kind: 'Namespace' as const, object: namespace }] : []),
  ].filter(({ object }) => object.metadata.labels[LABEL] !== undefined);
  return place && parseGoBool(place.object.metadata.labels[LABEL])
    ? because(
        RULE,
        `${place.kind} ${place.object.metadata.name} has the label ${LABEL}: gateways send to the waypoint`,
        { snapshot, ...place, field: 'metadata.labels' },
      )
    : undefined;
}
