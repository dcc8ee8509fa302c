import {
  isKindId,
  KindId,
  kindIdOf,
  ObjectRef,
  Reason,
} from 'backstage-plugin-mesh-common';
import { EntityPart } from './AnswerStore';

/** Names an object among those of all clusters. */
export function objectKey(ref: ObjectRef): string {
  return [ref.cluster, ref.kind, ref.namespace ?? '', ref.name].join(' ');
}

/** Adds the keys of the objects that the reasons in an answer name, wherever in it they are. */
export function addReasonObjects(answer: unknown, keys: Set<string>): void {
  if (Array.isArray(answer)) {
    answer.forEach(item => addReasonObjects(item, keys));
  } else if (typeof answer === 'object' && answer !== null) {
    if (isReason(answer)) {
      if (answer.object) {
        keys.add(objectKey(answer.object));
      }
      return;
    }
    Object.values(answer).forEach(member => addReasonObjects(member, keys));
  }
}

function isReason(value: object): value is Reason {
  return 'rule' in value && 'text' in value && typeof value.text === 'string';
}

/** The controllers (or bare pods) and the Services of an entity. */
export function* ownObjects(
  parts: readonly EntityPart[],
): IterableIterator<ObjectRef> {
  for (const { cluster, workloads, services } of parts) {
    for (const { ref, controller } of workloads) {
      const { namespace, name } = ref;
      const kind = controllerKind(ref.kind);
      if (kind && (controller || kind === 'Pod')) {
        yield { cluster: cluster.name, kind, namespace, name };
      }
    }
    for (const { metadata } of services) {
      yield {
        cluster: cluster.name,
        kind: 'Service',
        namespace: metadata.namespace ?? 'default',
        name: metadata.name,
      };
    }
  }
}

/** The pods of an entity, and the namespaces that it runs in. */
export function* surroundingObjects(
  parts: readonly EntityPart[],
): IterableIterator<ObjectRef> {
  for (const { cluster, workloads } of parts) {
    for (const { ref, pods } of workloads) {
      yield { cluster: cluster.name, kind: 'Namespace', name: ref.namespace };
      for (const { metadata } of pods) {
        yield {
          cluster: cluster.name,
          kind: 'Pod',
          namespace: ref.namespace,
          name: metadata.name,
        };
      }
    }
  }
}

function controllerKind(kind: string): KindId | undefined {
  return isKindId(kind) ? kind : kindIdOf('apps', kind);
}
