import { CanaryRoute } from '../contract/canary';
import { ObjectRef } from '../contract/common';
import { KindId } from '../kubernetes/kinds';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { because } from '../mesh/answers';
import { KubernetesObject } from '../kubernetes/objects';
import { RoutedShare } from './routedShares';

/** `VirtualService shop/reviews` */
export function objectWords({ kind, namespace, name }: ObjectRef): string {
  return `${kind.split('/').pop()} ${namespace ? `${namespace}/` : ''}${name}`;
}

/** The reference to an object of a kind, whether it exists or not. */
export function refTo(
  { cluster }: MeshSnapshot,
  kind: KindId,
  namespace: string,
  name: string,
): ObjectRef {
  return { cluster, kind, namespace, name };
}

/**
 * What a controller moves weights in, as far as it is there. Who writes a Rollout may name an object of a namespace that
 * is not theirs: reasons do not lead to such a one, so that nobody reads by it what they may not.
 */
export function canaryRoutes<T extends KubernetesObject>(
  snapshot: MeshSnapshot,
  object: ObjectRef & { kind: KindId },
  /** The namespace of the controller's object. */
  home: string,
  found: T | undefined,
  sharesOf: (object: T) => RoutedShare[] | { missing: string },
): CanaryRoute[] {
  const rule = 'mesh/canary/route';
  const words = objectWords(object);
  if (!found) {
    const read = snapshot.read(object.kind);
    const isUnread = read.state !== 'read' && read.state !== 'absent';
    return [
      {
        object,
        state: isUnread
          ? {
              value: 'unknown',
              cause: read.state,
              reasons: [{ rule, text: read.message }],
            }
          : {
              value: 'missing',
              reasons: [{ rule, text: `There is no ${words}` }],
            },
      },
    ];
  }
  const decider =
    object.namespace === home
      ? { snapshot, kind: object.kind, object: found }
      : undefined;
  const shares = sharesOf(found);
  if (!Array.isArray(shares)) {
    return [
      {
        object,
        state: {
          value: 'missing',
          reasons: [because(rule, shares.missing, decider)],
        },
      },
    ];
  }
  return shares.map(({ weightField, percent }) => ({
    object,
    state: {
      value: 'written',
      reasons: [
        because(
          rule,
          percent === undefined
            ? `All weights of this rule of ${words} are 0`
            : `${words} sends ${percent} % of the requests to the new version`,
          decider && { ...decider, field: weightField },
        ),
      ],
    },
    ...(percent !== undefined && { percent }),
  }));
}
