import { Answer, Reason } from '../contract/common';
import { Sends } from '../contract/mtls';
import { Service } from '../kubernetes/core';
import { because } from '../mesh/answers';
import { SendingClient, SendingDestination } from '../mesh/MeshAdapter';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { controlPlaneConfig } from './controlPlaneConfig';
import { expectedEnrolment } from './injection';
import { identityOfPod } from './identity';
import { contains } from './networks';
import { podDecider, podSetting } from './podSettings';
import { CONTROL_PLANE_LABEL, proxyOf, proxySetting } from './proxy';
import {
  skippedByDefault,
  skippedInbound,
  skippedOutbound,
} from './skippedPorts';

const RULE = 'linkerd/sends';
const SKIP_SUBNETS = 'config.linkerd.io/skip-subnets';

/**
 * What a meshed client sends to a pod. Its proxy speaks mutual TLS with every pod of its own control plane
 * that has an identity, whatever the protocol of the port (opaque ports too); in plaintext go what bypasses
 * one of the two proxies, and what leaves the mesh. The pod may be on another cluster to which the client's is linked.
 *
 * Upstream: controller/api/destination/endpoint_translator.go, `createWeightedAddr`.
 */
export function sendsTo(
  snapshot: MeshSnapshot,
  client: SendingClient,
  destination: SendingDestination,
  on: MeshSnapshot = snapshot,
): Answer<Sends> {
  const plaintext =
    clientObstacle(snapshot, client, {
      port: dialledPort(destination),
      address: dialledAddress(destination),
    }) ?? serverObstacle(on, client, destination);
  if (plaintext) {
    return { value: 'plaintext', reasons: [plaintext] };
  }
  const mayDiffer = doubts(snapshot, client, destination, on);
  return {
    value: 'mtls',
    reasons: [
      because(
        RULE,
        'Client and server are meshed, and the proxies speak mutual TLS with each other',
        podDecider(on, destination.pod, proxyOf(destination.pod)?.field),
      ),
    ],
    ...(mayDiffer.length > 0 && { mayDiffer }),
  };
}

/** The port that the client dials: that of the Service, of the pod where it calls the pod itself. */
function dialledPort({ service, port }: SendingDestination): number {
  return service && !isHeadless(service.service) ? service.port.port : port;
}

function isHeadless({ spec }: Service): boolean {
  return spec.clusterIP === 'None';
}

/** The address that the client dials, where it is known. */
function dialledAddress({
  service,
  pod,
}: SendingDestination): string | undefined {
  return service && !isHeadless(service.service)
    ? service.service.spec.clusterIP
    : pod.status?.podIP;
}

/** Why a client sends no mutual TLS of the mesh to what it dials, whoever is there. */
export function clientObstacle(
  snapshot: MeshSnapshot,
  client: SendingClient,
  { port, address }: { port: number; address: string | undefined },
): Reason | undefined {
  const skipped = client.pod
    ? skippedOutbound(snapshot, client.pod, port)
    : skippedByDefault(snapshot, port);
  if (skipped) {
    return skipped;
  }
  const subnets = client.pod && podSetting(snapshot, client.pod, SKIP_SUBNETS);
  if (subnets && address && contains(listed(subnets.value), address)) {
    return because(
      RULE,
      `What the client sends to ${address} bypasses its proxy (${subnets.value})`,
      subnets.decider,
    );
  }
  if (
    client.pod &&
    proxyOf(client.pod) &&
    !identityOfPod(snapshot, client.pod)
  ) {
    return because(
      RULE,
      'The proxy of the client has no identity, so it cannot speak mutual TLS',
      podDecider(snapshot, client.pod, proxyOf(client.pod)?.field),
    );
  }
  const read = controlPlaneConfig(snapshot);
  return read.state === 'read' &&
    address &&
    contains(read.config.clusterNetworks, address) === false
    ? because(
        RULE,
        `The address ${address} is in none of the control plane's clusterNetworks: proxies do not ask for its identity`,
        read.config.configMap && {
          snapshot,
          kind: 'ConfigMap',
          object: read.config.configMap,
          field: 'data.values',
        },
      )
    : undefined;
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
}

function serverObstacle(
  snapshot: MeshSnapshot,
  client: SendingClient,
  { pod, port }: SendingDestination,
): Reason | undefined {
  const proxy = proxyOf(pod);
  const expected = expectedEnrolment(snapshot, pod).value;
  if (!proxy && (pod.status || expected === 'none')) {
    return because(
      RULE,
      'The server has no proxy, so there is no mutual TLS to it',
      podDecider(snapshot, pod, 'spec.containers'),
    );
  }
  const skipped = skippedInbound(snapshot, pod, port);
  if (skipped) {
    return skipped;
  }
  if (!identityOfPod(snapshot, pod)) {
    return because(
      RULE,
      'The proxy of the server has no identity',
      podDecider(snapshot, pod, proxy?.field),
    );
  }
  const own = client.pod?.metadata.labels[CONTROL_PLANE_LABEL];
  const other = pod.metadata.labels[CONTROL_PLANE_LABEL];
  return proxy && other !== (own ?? other ?? '')
    ? because(
        RULE,
        `The label ${CONTROL_PLANE_LABEL} of the server is ${
          other ?? 'absent'
        }, that of the client ${own}: they are not of one mesh`,
        podDecider(snapshot, pod, `metadata.labels.${CONTROL_PLANE_LABEL}`),
      )
    : undefined;
}

const TRUST_ANCHORS = 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS';

/** What may make it come differently, and cannot be told from the objects. */
function doubts(
  snapshot: MeshSnapshot,
  { pod: client }: SendingClient,
  destination: SendingDestination,
  on: MeshSnapshot,
): Reason[] {
  if (!client) {
    return [];
  }
  const reasons: Reason[] = [];
  const subnets = podSetting(snapshot, client, SKIP_SUBNETS);
  const address = dialledAddress(destination);
  if (
    subnets &&
    (!address || contains(listed(subnets.value), address) === undefined)
  ) {
    reasons.push(
      because(
        RULE,
        `The client's proxy is bypassed for ${subnets.value}, and it is not known whether the server is there`,
        subnets.decider,
      ),
    );
  }
  const [ours, theirs] = [client, destination.pod].map(pod => {
    const proxy = proxyOf(pod);
    return proxy && proxySetting(proxy, TRUST_ANCHORS);
  });
  if (ours && theirs && ours.trim() !== theirs.trim()) {
    reasons.push(
      because(
        RULE,
        'Client and server trust different roots: one of them was started before the roots were changed',
        podDecider(on, destination.pod, proxyOf(destination.pod)?.field),
      ),
    );
  }
  return reasons;
}
