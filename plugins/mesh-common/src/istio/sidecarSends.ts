import { Answer, Reason } from '../contract/common';
import { Sends } from '../contract/mtls';
import { Pod } from '../kubernetes/core';
import { hasLabels } from '../kubernetes/selectors';
import { unreadInput } from '../mesh/answers';
import { SendingClient, SendingDestination } from '../mesh/MeshAdapter';
import { worstSends } from '../mesh/sending';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { sent } from './capability';
import { CalledService, ClusterDestination, clusterSends } from './clientTls';
import { destinationRuleFor, MergedRule } from './destinationRule';
import { entryPortsTo } from './entryPorts';
import { hostsOfEntry, ofEntry } from './entryServices';
import { extensionsOf } from './extensions';
import { MeshConfig, meshConfig, MeshConfigRead } from './meshConfig';
import { ofService } from './meshServices';
import { hasOwnCertificate, OWN_CERTIFICATE, podReason } from './pods';
import { protocolOf } from './protocol';
import { dialledAddresses } from './dialled';
import { OutboundCapture, outboundCapture } from './outboundCapture';
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
  const called = calledBy(snapshot, destination);
  if (called.length === 0) {
    return sent('plaintext', [
      {
        rule: RULE,
        text: 'The client calls the pod itself, not a Service: its proxy passes the connection on as it is',
      },
    ]);
  }
  return worstSends(
    called.map(service =>
      sendsBy(snapshot, client, { ...destination, called: service }),
    ),
  );
}

/** The Service that the client names; without one, the ServiceEntries whose hosts lead to the pod. */
function calledBy(
  snapshot: MeshSnapshot,
  { pod, port, service: named }: SendingDestination,
): CalledService[] {
  return named
    ? [
        {
          service: ofService(snapshot, named.service),
          port: named.port.port,
          protocol: protocolOf(named.port),
        },
      ]
    : entryPortsTo(snapshot, pod, port).flatMap(({ entry, port: { number } }) =>
        hostsOfEntry(entry).map(host => {
          const service = ofEntry(host, entry);
          return {
            service,
            port: number,
            protocol:
              service.ports.find(one => one.port === number)?.protocol ??
              'detected',
          };
        }),
      );
}

type Destination = ClusterDestination & { called: CalledService };

function sendsBy(
  snapshot: MeshSnapshot,
  client: SendingClient,
  destination: Destination,
): Answer<Sends> {
  const { called } = destination;
  const capture = captureOf(snapshot, client, destination);
  if (capture.bypass) {
    return sent('plaintext', [capture.bypass]);
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
      called.service.namespace,
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
  const notes = [
    ...(capture.open ? [capture.open] : []),
    ...certificate,
    ...clientExtensions(snapshot, client, mesh),
  ];
  return notes.length > 0 ? { ...found, mayDiffer: notes } : found;
}

/** Whether the client's own sidecar takes the connection. */
function captureOf(
  snapshot: MeshSnapshot,
  { pod: client }: SendingClient,
  { called: { service, port }, pod }: Destination,
): OutboundCapture {
  return client
    ? outboundCapture(snapshot, client, {
        port,
        addresses: dialledAddresses(service, () => [pod]),
      })
    : {};
}

/** What changes the client's own proxy may change what it sends. */
function clientExtensions(
  snapshot: MeshSnapshot,
  { namespace, labels }: SendingClient,
  mesh: MeshConfigRead,
): Reason[] {
  return namespace && labels
    ? extensionsOf(snapshot, { namespace, labels }, mesh)
    : [];
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
  { called: { service, port } }: Destination,
  config: MeshConfig,
): Answer<Sends> | undefined {
  if (client.mode === 'gateway' || !client.namespace) {
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
  const reason = whyUnknown(snapshot, service, port, scope, config);
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
  { pod, called }: Destination,
  config: MeshConfig,
): Cluster[] {
  const rule = destinationRuleFor(snapshot, client, called.service, config);
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
