import { DestinationRule } from '../istio/objects';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isMeshWide, isNamespaceWide, tlsOf } from './wideTls';
import { WrittenMode, writtenModes } from './writtenModes';

/** A STRICT policy, and for what it is written. */
export interface StrictPolicy extends WrittenMode {
  scope: 'namespace' | 'mesh';
}

/**
 * The STRICT policy that a rule contradicts which has clients send plaintext to all Services of its namespace or of
 * the mesh: the namespace's own where it sets a mode, else the mesh's.
 *
 * Upstream: kiali business/checkers/destinationrules/disabled_namespacewide_mtls_checker.go and
 * disabled_meshwide_mtls_checker.go.
 */
export function strictPolicyAgainst(
  snapshot: MeshSnapshot,
  rule: DestinationRule,
): StrictPolicy | undefined {
  if (tlsOf(rule) !== 'DISABLE') {
    return undefined;
  }
  const ofNamespace = isNamespaceWide(snapshot, rule);
  if (!ofNamespace && !isMeshWide(snapshot, rule)) {
    return undefined;
  }
  const modes = writtenModes(snapshot, namespaceOf(rule));
  if (ofNamespace && modes?.namespace) {
    return modes.namespace.mode === 'STRICT'
      ? { ...modes.namespace, scope: 'namespace' }
      : undefined;
  }
  return modes?.mesh?.mode === 'STRICT'
    ? { ...modes.mesh, scope: 'mesh' }
    : undefined;
}
