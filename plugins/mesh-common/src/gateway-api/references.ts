import { ParentReference, RouteStatus } from './objects';

export const GATEWAY_API_GROUP = 'gateway.networking.k8s.io';

/** An object that a reference points to, with the defaults of its schema filled in. */
export interface Referent {
  /** Empty for the core group. */
  group: string;
  kind: string;
  namespace: string;
  name: string;
  port?: number;
  sectionName?: string;
}

interface Reference {
  group?: string;
  kind?: string;
  namespace?: string;
  name: string;
  port?: number;
  sectionName?: string;
}

/** What a parentRef points to: without group or kind a Gateway, without namespace one beside the route. */
export function parentOf(
  reference: ParentReference,
  routeNamespace: string,
): Referent {
  return resolve(reference, {
    group: GATEWAY_API_GROUP,
    kind: 'Gateway',
    namespace: routeNamespace,
  });
}

/** What a backendRef points to: without group or kind a Service. */
export function backendOf(
  reference: Reference,
  defaultNamespace: string,
): Referent {
  return resolve(reference, {
    group: '',
    kind: 'Service',
    namespace: defaultNamespace,
  });
}

function resolve(
  reference: Reference,
  defaults: { group: string; kind: string; namespace: string },
): Referent {
  const group = reference.group ?? defaults.group;
  return {
    // Both spellings of the core group are in use.
    group: group === 'core' ? '' : group,
    kind: reference.kind ?? defaults.kind,
    namespace: reference.namespace ?? defaults.namespace,
    name: reference.name,
    ...(reference.port !== undefined && { port: reference.port }),
    ...(reference.sectionName !== undefined && {
      sectionName: reference.sectionName,
    }),
  };
}

export function isService({ group, kind }: Referent): boolean {
  return group === '' && kind === 'Service';
}

/** Two references to one place: the same object, port and section. */
export function samePlace(a: Referent, b: Referent): boolean {
  return placeKey(a) === placeKey(b);
}

/** A key of the place that a reference points to. */
export function placeKey(referent: Referent): string {
  const { group, kind, namespace, name, port, sectionName } = referent;
  return JSON.stringify([group, kind, namespace, name, port, sectionName]);
}

export type ParentStatus = NonNullable<
  NonNullable<RouteStatus>['parents']
>[number];

/** The parts of a route's status that a controller wrote. */
export function statusesOf(
  status: RouteStatus,
  controllerName: string,
): ParentStatus[] {
  return (status?.parents ?? []).filter(
    parent => parent.controllerName === controllerName,
  );
}

/** A condition of a status, by its type. */
export function conditionOf(
  status: Pick<ParentStatus, 'conditions'> | undefined,
  type: string,
) {
  return status?.conditions?.find(condition => condition.type === type);
}
