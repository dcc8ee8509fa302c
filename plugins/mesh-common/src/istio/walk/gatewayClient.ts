import { Reason } from '../../contract/common';
import { GATEWAY_NAME_LABEL } from '../../gateway-api/objects';
import { Pod } from '../../kubernetes/core';
import { KindId } from '../../kubernetes/kinds';
import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { because } from '../../mesh/answers';
import { servicesSelecting, targetPortOf } from '../../mesh/services';
import { UnknownPlaceError } from '../../mesh/serviceRouting';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import { formatIdentity, identityOf, trustDomainOf } from '../identity';
import { WalkClient } from './client';

const RULE = 'istio/walk/gateway';

/** A gateway as the client of what is behind it. */
export interface GatewayClient {
  client: WalkClient;
  /** The port of its container that a port of its Service leads to. */
  port: number;
  /** How the request comes to it. */
  reasons: Reason[];
}

/**
 * The proxy that a Gateway configures: the pods that its selector selects (of any namespace), or those that
 * istiod made for a Gateway of the Gateway API. Clients connect to a port of the pods' Service. Throws
 * UnknownPlaceError where there is no such Gateway.
 *
 * Upstream: pilot/pkg/model/push_context.go, `mergeGateways`; gateway.go, `MergeGateways` (Service ports are
 * translated to the target port).
 */
export function gatewayClient(
  snapshot: MeshSnapshot,
  { namespace, name }: { namespace: string; name: string },
  port: number,
): GatewayClient {
  const found = gatewayNamed(snapshot, namespace, name);
  const [pod] = found.pods;
  const container = pod ? containerPort(snapshot, pod, port) : port;
  const place = pod ? namespaceOf(pod) : namespace;
  const identity = identityOfGateway(snapshot, pod, namespace, found.account);
  return {
    client: {
      name: `Gateway ${namespace}/${name}`,
      namespace: place,
      labels: pod?.metadata.labels ?? found.labels,
      mode: 'gateway',
      ...(pod && { pod }),
      ...(identity && { identity }),
    },
    port: container,
    reasons: [
      because(
        RULE,
        pod
          ? `Gateway ${namespace}/${name} configures the proxy ${place}/${pod.metadata.name}, whose port ${container} clients reach by port ${port}`
          : `No pod of Gateway ${namespace}/${name} is known; its port ${port} is taken as the proxy's`,
        {
          snapshot,
          kind: found.kind,
          object: found.object,
          field: found.field,
        },
      ),
    ],
  };
}

interface FoundGateway {
  kind: KindId;
  object: KubernetesObject;
  field: string;
  pods: readonly Pod[];
  labels: Readonly<Record<string, string>>;
  /** The service account that istiod makes for it, where it is one of the Gateway API. */
  account?: string;
}

function gatewayNamed(
  snapshot: MeshSnapshot,
  namespace: string,
  name: string,
): FoundGateway {
  const own = snapshot.get('networking.istio.io/Gateway', namespace, name);
  if (own) {
    const selector = own.spec?.selector ?? {};
    return {
      kind: 'networking.istio.io/Gateway',
      object: own,
      field: 'spec.selector',
      labels: selector,
      pods: podsAnywhere(snapshot, selector, namespace),
    };
  }
  const api = snapshot.get(
    'gateway.networking.k8s.io/Gateway',
    namespace,
    name,
  );
  if (api) {
    const labels = { [GATEWAY_NAME_LABEL]: name };
    return {
      kind: 'gateway.networking.k8s.io/Gateway',
      object: api,
      field: 'spec',
      labels,
      pods: podsWithLabels(snapshot, namespace, labels),
      account: `${name}-${api.spec?.gatewayClassName ?? 'istio'}`,
    };
  }
  throw new UnknownPlaceError(
    `There is no Gateway ${namespace}/${name} on the cluster ${snapshot.cluster}`,
  );
}

/** The own namespace first: pods elsewhere count the same, but people mean these. */
function podsAnywhere(
  snapshot: MeshSnapshot,
  selector: Readonly<Record<string, string>>,
  own: string,
): Pod[] {
  if (Object.keys(selector).length === 0) {
    return [];
  }
  const elsewhere = snapshot
    .namespacesOf('Pod')
    .filter(namespace => namespace !== own);
  return [own, ...elsewhere].flatMap(namespace => [
    ...podsWithLabels(snapshot, namespace, selector),
  ]);
}

function containerPort(snapshot: MeshSnapshot, pod: Pod, port: number): number {
  const targets = servicesSelecting(
    snapshot,
    namespaceOf(pod),
    pod.metadata.labels,
  ).flatMap(({ spec }) =>
    spec.ports
      .filter(candidate => candidate.port === port)
      .flatMap(candidate => targetPortOf(candidate, pod) ?? []),
  );
  return targets[0] ?? port;
}

function identityOfGateway(
  snapshot: MeshSnapshot,
  pod: Pod | undefined,
  namespace: string,
  serviceAccount: string | undefined,
): string | undefined {
  if (pod) {
    return identityOf(snapshot, pod);
  }
  const trustDomain = trustDomainOf(snapshot);
  return trustDomain && serviceAccount
    ? formatIdentity({ trustDomain, namespace, serviceAccount })
    : undefined;
}
