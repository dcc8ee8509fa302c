import { Cause, Reason } from '../../contract/common';
import { because } from '../../mesh/answers';
import { Ending } from '../../mesh/walk/steps';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { ServicePort } from '../../kubernetes/core';
import { gatewayOf } from '../multicluster/gateways';
import {
  gatewayAddresses,
  targetCluster,
} from '../multicluster/targetClusters';
import { PodEndpoint, endpointsOf } from './endpoints';
import { Gateway, gatewayPort } from './gatewayEntry';
import { statusFor, Way } from './way';

const RULE = 'linkerd/walk/gateway';
const UNAVAILABLE = 503;

/** Why the request comes to no gateway, or why that is not known. */
export interface Nowhere {
  ending: Ending;
  text: string;
  why: readonly Reason[];
}

/** The gateway of a cluster, by the name that Links have for it, where a port of a mirror leads to it. */
export function gatewayAt(
  way: Way,
  cluster: string,
  servicePort: ServicePort,
): Gateway | Nowhere {
  const unknown = (
    text: string,
    cause: Cause,
    why: Reason[] = [],
  ): Nowhere => ({
    ending: { outcome: 'unknown', cause },
    text: `what becomes of it in the cluster ${cluster} is not known: ${text}`,
    why,
  });
  if (way.isAtGateway) {
    return unknown(
      'a request that comes from a gateway is not followed to a third cluster',
      'not-modelled',
    );
  }
  const on = targetCluster(way.snapshot, cluster);
  if ('reason' in on) {
    return unknown(on.reason.text, on.cause, [on.reason]);
  }
  const unread = unreadOf(on);
  if (unread) {
    return unknown(unread.text, unread.cause);
  }
  const service = gatewayOf(on, gatewayAddresses(way.snapshot, cluster));
  const port = service && gatewayPort(service, servicePort);
  if (!service || !port) {
    return unknown('none of its Services is known as its gateway', 'absent');
  }
  const endpoints = endpointsOf(on, service, port);
  if ('reason' in endpoints) {
    return unknown(endpoints.reason.text, endpoints.cause, [endpoints.reason]);
  }
  const endpoint = endpoints.find(
    (one): one is PodEndpoint => one.ready && 'pod' in one,
  );
  const { namespace, name } = service.metadata;
  if (!endpoint) {
    const text = `no endpoint of the gateway ${namespace}/${name} of the cluster ${on.cluster} is ready`;
    return {
      ending: { outcome: 'failed', status: statusFor(way, UNAVAILABLE) },
      text,
      why: [
        because(RULE, text, {
          snapshot: on,
          kind: 'Service',
          object: service,
          field: 'spec.selector',
        }),
      ],
    };
  }
  return {
    cluster,
    service,
    endpoint,
    name: `gateway ${namespace}/${name} of the cluster ${on.cluster}`,
  };
}

function unreadOf(
  snapshot: MeshSnapshot,
): { cause: Cause; text: string } | undefined {
  for (const kind of ['Service', 'Pod'] as const) {
    const read = snapshot.read(kind);
    if (read.state !== 'read') {
      return { cause: read.state, text: read.message };
    }
  }
  return undefined;
}
