import { Cause, Reason } from '../../contract/common';
import { Pod, Service, ServicePort } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { hasEnded } from '../../mesh/hasEnded';
import { because, unreadInput } from '../../mesh/answers';
import { targetPortOf } from '../../mesh/services';
import { templatePodsSelected } from '../../mesh/templatePods';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import { getsRequests } from '../endpointReadiness';
import { externalWorkloads, isExternalReady } from '../externalEndpoints';
import { ExternalWorkload } from '../objects';

const RULE = 'linkerd/walk/endpoints';
const EXTERNAL_WORKLOAD = 'workload.linkerd.io/ExternalWorkload';

interface EndpointPlace {
  /** Of its cluster. */
  on: MeshSnapshot;
  /** Of the container. */
  port: number;
  ready: boolean;
  /** The Service that the client named, where it named one. */
  service?: { service: Service; port: ServicePort };
}

/** One pod where a request may end. */
export interface PodEndpoint extends EndpointPlace {
  pod: Pod;
}

/** One workload outside Kubernetes where it may. */
export interface ExternalEndpoint extends EndpointPlace {
  external: ExternalWorkload;
}

export type WalkEndpoint = PodEndpoint | ExternalEndpoint;

/** Why the endpoints of a Service are not known. */
export interface UnknownEndpoints {
  cause: Cause;
  reason: Reason;
}

/**
 * The endpoints of a Service's port; over files that have no pods, those that the templates would make. Or why
 * they are not known: the Service has no selector, so that somebody else writes them, or pods cannot be read.
 */
export function endpointsOf(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
): WalkEndpoint[] | UnknownEndpoints {
  const { selector, clusterIP } = service.spec;
  if (
    !selector ||
    Object.keys(selector).length === 0 ||
    snapshot.read('Pod').state !== 'read'
  ) {
    return whyUnknown(snapshot, service);
  }
  const namespace = namespaceOf(service);
  const unread = unreadInput(snapshot, RULE, {
    optional: [EXTERNAL_WORKLOAD],
    namespaces: [namespace],
  });
  if (unread) {
    return {
      cause: unread.cause ?? 'unreachable',
      reason: unread.reasons[0],
    };
  }
  const pods = podsWithLabels(snapshot, namespace, selector).filter(
    pod => !hasEnded(pod),
  );
  const predicted =
    pods.length === 0 && snapshot.origin === 'files'
      ? templatePodsSelected(snapshot, namespace, { matchLabels: selector })
      : [];
  const endpointOf = (pod: Pod, ready: boolean): PodEndpoint[] => {
    // Of a Service without an address the client dials the pod itself, at the port that it names.
    const target = clusterIP === 'None' ? port.port : targetPortOf(port, pod);
    return target === undefined
      ? []
      : [
          {
            on: snapshot,
            pod,
            port: target,
            ready,
            service: { service, port },
          },
        ];
  };
  return [
    ...pods.flatMap(pod => endpointOf(pod, getsRequests(service, pod))),
    ...predicted.flatMap(pod => endpointOf(pod, true)),
    ...externalWorkloads(snapshot, namespace, selector).flatMap(external =>
      externalEndpoint(snapshot, external, { service, port }),
    ),
  ];
}

/**
 * A workload outside Kubernetes as an endpoint: ready by its condition, at the port that the Service leads to, by number or
 * by the name that the workload has for it.
 *
 * Upstream: controller/api/destination/external-workload/endpoints_reconciler.go.
 */
function externalEndpoint(
  on: MeshSnapshot,
  external: ExternalWorkload,
  service: { service: Service; port: ServicePort },
): ExternalEndpoint[] {
  const { port, protocol, targetPort = port } = service.port;
  const found =
    typeof targetPort === 'number'
      ? targetPort || port
      : external.spec?.ports?.find(
          one =>
            one.name === targetPort && (one.protocol ?? 'TCP') === protocol,
        )?.port;
  const ready = isExternalReady(on, external);
  return found === undefined
    ? []
    : [{ on, external, port: found, ready, service }];
}

function whyUnknown(
  snapshot: MeshSnapshot,
  service: Service,
): UnknownEndpoints {
  const whySelector = (text: string) =>
    because(RULE, text, {
      snapshot,
      kind: 'Service',
      object: service,
      field: 'spec.selector',
    });
  const read = snapshot.read('Pod');
  return read.state === 'read'
    ? {
        cause: 'not-modelled',
        reason: whySelector(
          'The Service has no selector: somebody else writes its endpoints',
        ),
      }
    : { cause: read.state, reason: whySelector('Pods could not be read') };
}
