import { Field } from '../../validation/Field';
import { isRefTo, POLICY_GROUP } from '../targetRefs';

const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** Whether a reference is to this kind; groups and kinds are compared whatever their case. */
export function refersTo(
  reference: Field,
  group: string,
  kind: string,
): boolean {
  return isRefTo(
    {
      group: reference.get('group').text,
      kind: reference.get('kind').text,
      name: reference.get('name').text,
    },
    group,
    kind,
  );
}

/** A parent of a route without a group is one of the Gateway API. */
export function parentIs(parent: Field, group: string, kind: string): boolean {
  const written = parent.get('group');
  return isRefTo(
    {
      group: written.exists ? written.text : GATEWAY_GROUP,
      kind: parent.get('kind').text || 'Gateway',
      name: parent.get('name').text,
    },
    group,
    kind,
  );
}

export function isEgressParent(parent: Field): boolean {
  return parentIs(parent, POLICY_GROUP, 'EgressNetwork');
}

/** Whether a route is one for clients: on a Service or an EgressNetwork. */
export function isOutbound(spec: Field): boolean {
  return spec
    .get('parentRefs')
    .items.some(
      parent => isEgressParent(parent) || parentIs(parent, '', 'Service'),
    );
}
