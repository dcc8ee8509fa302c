import { Answer, Cause, Reason } from '../contract/common';
import { KindId } from '../kubernetes/kinds';
import { KubernetesObject } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

/**
 * A reason that names the object which decided.
 *
 * @public
 */
export function because(
  rule: string,
  text: string,
  decider?: {
    snapshot: MeshSnapshot;
    kind: KindId;
    object: KubernetesObject;
    field?: string;
    /** Where the object is, where that is another cluster than the snapshot's. */
    cluster?: string;
  },
): Reason {
  if (!decider) {
    return { rule, text };
  }
  const { snapshot, kind, object, field, cluster } = decider;
  return {
    rule,
    text,
    object: {
      cluster: cluster ?? snapshot.cluster,
      kind,
      ...(object.metadata.namespace && {
        namespace: object.metadata.namespace,
      }),
      name: object.metadata.name,
    },
    ...(field && { field }),
  };
}

/** The answer `unknown`, for an input that could not be read. */
export function unknown(
  cause: Cause,
  rule: string,
  text: string,
): Answer<'unknown'> {
  return { value: 'unknown', cause, reasons: [{ rule, text }] };
}

/**
 * The answer `unknown` if an input that a rule cannot do without could not be read, or if an object of
 * these kinds that would apply to the namespace is malformed.
 *
 * @public
 */
export function unreadInput(
  snapshot: MeshSnapshot,
  rule: string,
  inputs: {
    /** Kinds without which there is no answer, served or not. */
    required?: readonly KindId[];
    /** Kinds of which a cluster that does not serve them has no objects. */
    optional?: readonly KindId[];
    /** Where objects of these kinds apply from. */
    namespaces: readonly string[];
  },
): Answer<'unknown'> | undefined {
  for (const kind of [...(inputs.required ?? []), ...(inputs.optional ?? [])]) {
    const read = snapshot.read(kind);
    const known =
      read.state === 'read' ||
      (read.state === 'absent' && inputs.optional?.includes(kind));
    if (!known) {
      return unknown(read.state, rule, read.message);
    }
    for (const namespace of inputs.namespaces) {
      const [bad] = snapshot.malformed(kind, namespace);
      if (bad) {
        return {
          value: 'unknown',
          cause: 'malformed',
          reasons: [
            {
              rule,
              text: `${kind} ${bad.namespace ?? ''}/${
                bad.name
              } cannot be read: ${bad.field}: ${bad.message}`,
              object: {
                cluster: snapshot.cluster,
                kind,
                namespace: bad.namespace,
                name: bad.name,
              },
              field: bad.field,
            },
          ],
        };
      }
    }
  }
  return undefined;
}
