import { isService, Referent } from '../gateway-api/references';
import { Service } from '../kubernetes/core';
import { isRefTo, POLICY_GROUP } from './targetRefs';

export function isServer({ group, kind }: Referent): boolean {
  return group === POLICY_GROUP && kind === 'Server';
}

export function isEgressNetwork({ group, kind }: Referent): boolean {
  return group === POLICY_GROUP && kind === 'EgressNetwork';
}

/** Whether Linkerd takes routes on a parent; those on Gateways are for others. */
export function isLinkerdParent(parent: Referent): boolean {
  return isServer(parent) || isService(parent) || isEgressNetwork(parent);
}

const TARGETS = [
  { group: '', kind: 'Service' },
  { group: POLICY_GROUP, kind: 'Server' },
  { group: POLICY_GROUP, kind: 'EgressNetwork' },
];

/**
 * A reference with group and kind as they are spelled in Kubernetes, where Linkerd knows what is meant: it
 * compares both whatever their case.
 */
export function canonicalParent(referent: Referent): Referent {
  const target = TARGETS.find(({ group, kind }) =>
    isRefTo(referent, group, kind),
  );
  return { ...referent, ...target };
}

/** Whether clients find a Service without a cluster IP, on which no route can be. */
export function isHeadless({ spec }: Service): boolean {
  return (
    spec.clusterIP?.toLowerCase() === 'none' || spec.type === 'ExternalName'
  );
}
