import { Answer, Reason } from '../contract/common';
import { Sends } from '../contract/mtls';
import { Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { hasLabels } from '../kubernetes/selectors';
import { unreadInput } from '../mesh/answers';
import { SendingClient, SendingDestination } from '../mesh/MeshAdapter';
import { worstSends } from '../mesh/sending';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { sent } from './capability';
import { clusterSends } from './clientTls';
import { destinationRuleFor, MergedRule } from './destinationRule';
import { MeshConfig, meshConfig } from './meshConfig';
import { ofService } from './meshServices';
import { hasOwnCertificate, OWN_CERTIFICATE, podReason } from './pods';
import { outboundBypass, outboundRanges } from './portCapture';
import { refusesUnknown, whyUnknown } from './serviceVisibility';
import { sidecarScope } from './sidecarScope';

const RULE = 'istio/sends';

/**
 * What a sidecar or gateway sends to a pod: nothing of the mesh's where the connection goes past the client's
 * proxy or to something that this does not know; else what the clusters say by which it may be reached, the
 * worst of them.
 */
export function sidecarSends(
  snapshot: MeshSnapshot,
  client: SendingClient,
  destination: SendingDestination,
): Answer<Sends> {
  const { service: called } = destination;
  if (!called) {
    return sent('plaintext', [
      {
        rule: RULE,
        text: 'The client calls the pod itself, not a Service: its proxy passes the connection on as it is',
      },
    ]);
  }
  const bypass =
    client.pod && outboundBypass(snapshot, client.pod, called.port.port);
  if (bypass) {
    return sent('plaintext', [bypass]);
  }
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown') {
    return mesh.answer;
  }
  const unread = unreadInput(snapshot, RULE, {
    optional: [
      'networking.istio.io/DestinationRule',
      'gateway.networking.k8s.io/BackendTLSPolicy',
    ],
    namespaces: [
      ...(client.namespace ? [client.namespace] : []),
      namespaceOf(called.service),
      mesh.config.rootNamespace,
    ],
  });
  if (unread) {
    return unread;
  }
  const outside = outOfScope(snapshot, client, destination, mesh.config);
  if (outside) {
    return outside;
  }
  const ranges = client.pod && outboundRanges(snapshot, client.pod);
  const found = worstSends(
    clustersTo(snapshot, client, destination, mesh.config).map(
      ({ rule, subset }) =>
        clusterSends(
          snapshot,
          destination,
          mesh.config,
          rule,
          subset,
          client.mode === 'gateway' ? 'gateway' : 'sidecar',
        ),
    ),
  );
  const certificate =
    client.pod && found.value === 'mtls'
      ? ownCertificate(snapshot, client.pod)
      : [];
  const notes = [...(ranges ? [ranges] : []), ...certificate];
  return notes.length > 0 ? { ...found, mayDiffer: notes } : found;
}

/** A certificate that is not the mesh's is taken by a server only whose root the mesh trusts. */
function ownCertificate(snapshot: MeshSnapshot, pod: Pod): Reason[] {
  return hasOwnCertificate(pod)
    ? [
        podReason(
          snapshot,
          pod,
          RULE,
          `The proxy presents a certificate of its own (${OWN_CERTIFICATE}); a server takes it only if it comes from a root that the mesh trusts`,
          'spec.containers',
        ),
      ]
    : [];
}

/** Where the client's proxy does not know the Service: it refuses the connection, or passes it on as it is. */
function outOfScope(
  snapshot: MeshSnapshot,
  client: SendingClient,
  { service }: SendingDestination,
  config: MeshConfig,
): Answer<Sends> | undefined {
  if (client.mode === 'gateway' || !client.namespace || !service) {
    return undefined;
  }
  const scope = sidecarScope(
    snapshot,
    { namespace: client.namespace, labels: client.labels },
    config,
  );
  if ('value' in scope) {
    return scope;
  }
  const reason = whyUnknown(
    snapshot,
    ofService(snapshot, service.service),
    service.port.port,
    scope,
    config,
  );
  return reason
    ? sent(refusesUnknown(scope) ? 'fails' : 'plaintext', [reason])
    : undefined;
}

interface Cluster {
  rule?: MergedRule;
  subset?: string;
}

/** The ways to the pod: the Service as a whole, and the subsets of the client's rule that the pod is in. */
function clustersTo(
  snapshot: MeshSnapshot,
  client: SendingClient,
  { pod, service }: SendingDestination,
  config: MeshConfig,
): Cluster[] {
  const rule =
    service &&
    destinationRuleFor(
      snapshot,
      client,
      ofService(snapshot, service.service),
      config,
    );
  return [
    { rule },
    ...(rule?.subsets ?? [])
      .filter(
        ({ subset }) =>
          subset.trafficPolicy &&
          hasLabels(pod.metadata.labels, subset.labels ?? {}),
      )
      .map(({ subset }) => ({ rule, subset: subset.name })),
  ];
}
