import { Answer } from '../contract/common';
import { Accepts, EnrolmentMode } from '../contract/mtls';
import { Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { PortAcceptance } from '../mesh/MeshAdapter';
import { isMachine } from '../mesh/machineKinds';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { ambientMode } from './ambientPeerAuthentication';
import { podEnrolment } from './enrolment';
import { extensionsOf } from './extensions';
import { inboundProtocol } from './inboundProtocol';
import { ingressTls } from './ingressTls';
import { meshConfig } from './meshConfig';
import { EffectiveMode, effectiveMode } from './peerAuthentication';
import { injectedRevision } from './pods';
import { ambientBypass, inboundBypass } from './portCapture';
import { gatewayAccepts } from './walk/gateway/acceptance';

const RULE = 'istio/accepts';
const HBONE_PORT = 15008;

type AcceptsAnswer = Answer<Accepts> & { term?: string };

const BY_MODE: Readonly<Record<EffectiveMode, Accepts>> = {
  STRICT: 'mtls-only',
  PERMISSIVE: 'mtls-or-plaintext',
  DISABLE: 'plaintext-only',
};

/** What a pod accepts on one of its ports, by the way in which it takes part. */
export function inboundPort(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
  mode: EnrolmentMode,
): PortAcceptance {
  return {
    protocol: inboundProtocol(snapshot, pod, port, mode),
    accepts: acceptsOf(snapshot, pod, port, mode),
  };
}

function acceptsOf(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
  mode: EnrolmentMode,
): AcceptsAnswer {
  switch (mode) {
    case 'sidecar':
    case 'native-sidecar':
      return sidecarAccepts(snapshot, pod, port);
    case 'ambient':
      return ambientAccepts(snapshot, pod, port);
    case 'waypoint':
      return waypointAccepts(port);
    case 'gateway':
      return gatewayAccepts(snapshot, pod, port);
    case 'unknown':
      return isMachine(pod)
        ? machineAccepts(snapshot, pod, port)
        : notModelled('It is not known how the pod takes part');
    default:
      return notModelled(
        `What a pod accepts that takes part as ${mode} is not known`,
      );
  }
}

/** A waypoint takes what it carries on one port; others answer health checks and scrapes of the proxy itself. */
function waypointAccepts(port: number): AcceptsAnswer {
  return port === HBONE_PORT
    ? {
        value: 'mtls-only',
        term: 'HBONE',
        reasons: [
          {
            rule: RULE,
            text: 'A waypoint is reached by HBONE alone, which is mutual TLS; PeerAuthentication does not concern it',
          },
        ],
      }
    : {
        value: 'nothing',
        reasons: [
          {
            rule: RULE,
            text: `A waypoint takes traffic on port ${HBONE_PORT} only`,
          },
        ],
      };
}

/**
 * A sidecar accepts what the mode in effect says, on the ports that it captures; connections to others reach
 * the application as they are.
 */
function sidecarAccepts(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): AcceptsAnswer {
  const bypass = inboundBypass(snapshot, pod, port);
  if (bypass) {
    return { value: 'plaintext-only', reasons: [bypass] };
  }
  const mesh = meshConfig(snapshot, injectedRevision(pod));
  const subject = {
    namespace: namespaceOf(pod),
    labels: pod.metadata.labels,
  };
  const { value, ...rest } = effectiveMode(snapshot, subject, port, mesh);
  const mayDiffer = extensionsOf(snapshot, subject, mesh);
  const own = value === 'DISABLE' && ingressTls(snapshot, pod, port);
  if (own) {
    return { value: 'own-tls', reasons: [own, ...rest.reasons] };
  }
  return {
    ...rest,
    ...(value === 'unknown'
      ? { value }
      : { value: BY_MODE[value], term: value }),
    ...(mayDiffer.length > 0 && { mayDiffer }),
  };
}

/** What a proxy on a machine would accept, if there is one: its configuration is known, and whether it runs is not. */
function machineAccepts(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): AcceptsAnswer {
  const { reasons, ...ifThere } = sidecarAccepts(snapshot, pod, port);
  const { mode } = podEnrolment(snapshot, pod);
  return {
    ...ifThere,
    value: 'unknown',
    cause: ifThere.cause ?? mode.cause ?? 'not-modelled',
    reasons: [...mode.reasons, ...reasons],
  };
}

/** In ambient mode HBONE is always accepted, and plaintext unless the ztunnel refuses it. */
function ambientAccepts(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): AcceptsAnswer {
  const bypass = ambientBypass(snapshot, pod);
  if (bypass) {
    return { value: 'plaintext-only', reasons: [bypass] };
  }
  const { value, ...rest } = ambientMode(
    snapshot,
    { namespace: namespaceOf(pod), labels: pod.metadata.labels },
    port,
    meshConfig(snapshot),
  );
  return {
    ...rest,
    ...(value === 'unknown'
      ? { value }
      : { value: BY_MODE[value], term: value }),
  };
}

function notModelled(text: string): AcceptsAnswer {
  return {
    value: 'unknown',
    cause: 'not-modelled',
    reasons: [{ rule: RULE, text }],
  };
}
