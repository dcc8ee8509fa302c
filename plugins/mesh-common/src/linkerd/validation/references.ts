import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import { isRefTo, POLICY_GROUP } from '../targetRefs';

const GROUP =
  /^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const KIND = /^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/;

/**
 * A reference of a policy as the schemas want it: with a name, a kind that can be one, and a group in lower case if it has
 * one (linkerd2 charts/linkerd-crds/templates/policy/*.yaml).
 */
export function* namedReference(ref: Field): Problems {
  if (!GROUP.test(ref.get('group').text)) {
    yield refused(ref.get('group'), 'a group is a name of DNS in lower case');
  }
  if (!KIND.test(ref.get('kind').text)) {
    yield refused(ref.get('kind'), 'kind must be set to the name of a kind');
  }
  if (ref.get('name').text === '') {
    yield refused(ref.get('name'), 'name must be set');
  }
}

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

/** A parent of a route without a group is of the group of the route. */
function parentIs(
  parent: Field,
  routeGroup: string,
  group: string,
  kind: string,
): boolean {
  const written = parent.get('group');
  return isRefTo(
    {
      group: written.exists ? written.text : routeGroup,
      kind: parent.get('kind').text || 'Gateway',
      name: parent.get('name').text,
    },
    group,
    kind,
  );
}

export function isEgressParent(parent: Field, routeGroup: string): boolean {
  return parentIs(parent, routeGroup, POLICY_GROUP, 'EgressNetwork');
}

/** Whether a route is one for clients: on a Service or an EgressNetwork. */
export function isOutbound(spec: Field, routeGroup: string): boolean {
  return spec
    .get('parentRefs')
    .items.some(
      parent =>
        isEgressParent(parent, routeGroup) ||
        parentIs(parent, routeGroup, '', 'Service'),
    );
}
