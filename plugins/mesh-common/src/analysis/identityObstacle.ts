import { serviceHost } from '../istio/hosts';
import { clusterDomain } from '../istio/injectorConfig';
import { DestinationRule } from '../istio/objects';
import { ModeSubject, peerAuthentications } from '../istio/peerAuthentication';
import { hasLabels } from '../kubernetes/selectors';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { rulesOfHost } from './destinationRuleHosts';
import { refOf } from './naming';
import { isMutual, meshTlsRules, namespaceTlsRules, tlsOf } from './wideTls';
import { WrittenMode, writtenModes, WrittenModes } from './writtenModes';

/**
 * Why the callers of some workloads cannot be told by their certificates; undefined where they can. A workload that
 * is STRICT has no other callers, one that is DISABLE has none. Else it depends on what the namespace and the mesh say
 * of both sides: with auto mTLS it is enough that neither side turns mutual TLS off, without it both have to be told.
 *
 * Upstream: kiali util/mtls/status.go, `WorkloadMtlsStatus`, `OverallMtlsStatus`.
 */
export function identityObstacle(
  snapshot: MeshSnapshot,
  subject: ModeSubject,
): string | undefined {
  const modes = writtenModes(snapshot, subject.namespace);
  if (!modes) {
    return undefined;
  }
  const { workload } = peerAuthentications(
    snapshot,
    subject,
    modes.config.rootNamespace,
  );
  switch (workload?.spec?.mtls?.mode) {
    case 'STRICT':
      return undefined;
    case 'DISABLE':
      return `${refOf(workload)} has the workload take none`;
    case 'PERMISSIVE': {
      const rule = ruleOfServices(snapshot, subject.namespace, {
        ...workload.spec.selector?.matchLabels,
      });
      if (rule) {
        return isMutual(tlsOf(rule)) ? undefined : plaintextBy(rule);
      }
      break;
    }
    default:
  }
  return wideObstacle(snapshot, subject.namespace, modes);
}

function wideObstacle(
  snapshot: MeshSnapshot,
  namespace: string,
  modes: WrittenModes,
): string | undefined {
  const server: WrittenMode | undefined = modes.namespace ?? modes.mesh;
  if (server?.mode === 'DISABLE') {
    return `${refOf(server.policy)} has servers take none`;
  }
  const [rule] = [
    ...namespaceTlsRules(snapshot, namespace),
    ...meshTlsRules(snapshot),
  ];
  if (rule && !isMutual(tlsOf(rule))) {
    return plaintextBy(rule);
  }
  if (modes.config.enableAutoMtls || (server && rule)) {
    return undefined;
  }
  return rule
    ? 'auto mTLS is off, and no PeerAuthentication of the namespace or the mesh says that servers take it'
    : 'auto mTLS is off, and no DestinationRule for the namespace or the mesh has clients use it';
}

/** A rule that says something about TLS for a Service of the workloads with these labels. */
function ruleOfServices(
  snapshot: MeshSnapshot,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): DestinationRule | undefined {
  for (const { metadata, spec } of snapshot.list('Service', namespace)) {
    if (spec.selector && hasLabels(spec.selector, labels)) {
      const host = serviceHost(
        { name: metadata.name, namespace },
        clusterDomain(snapshot),
      );
      const rule = rulesOfHost(snapshot, host).find(
        candidate => tlsOf(candidate) !== undefined,
      );
      if (rule) {
        return rule;
      }
    }
  }
  return undefined;
}

function plaintextBy(rule: DestinationRule): string {
  return `${refOf(rule)} has clients use TLS mode ${tlsOf(rule)} instead`;
}
