import { Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { Workload, workloadsIn } from '../mesh/workloads';
import { injectedRevision, proxyEnvironment } from './pods';
import { meshConfig } from './meshConfig';

/** A workload identity, as policies write it: a SPIFFE id without its scheme. */
export interface Identity {
  trustDomain: string;
  namespace: string;
  serviceAccount: string;
}

/**
 * The identity of a pod: its service account in its namespace in the trust domain, which the proxy has been
 * told, or else is a setting of the mesh. Undefined where neither is known.
 *
 * Upstream: pkg/spiffe/spiffe.go, `GenSpiffeURI`.
 */
export function identityOf(
  snapshot: MeshSnapshot,
  pod: Pod,
): string | undefined {
  const trustDomain =
    proxyEnvironment(pod, 'TRUST_DOMAIN') ||
    trustDomainOf(snapshot, injectedRevision(pod));
  return trustDomain
    ? formatIdentity({
        trustDomain,
        namespace: namespaceOf(pod),
        serviceAccount: pod.spec.serviceAccountName || 'default',
      })
    : undefined;
}

/** The trust domain of the mesh, where its settings are known. */
export function trustDomainOf(
  snapshot: MeshSnapshot,
  revision?: string,
): string | undefined {
  const mesh = meshConfig(snapshot, revision);
  return mesh.state === 'read' ? mesh.config.trustDomain : undefined;
}

export function formatIdentity({
  trustDomain,
  namespace,
  serviceAccount,
}: Identity): string {
  return `${trustDomain}/ns/${namespace}/sa/${serviceAccount}`;
}

/** Reads `td/ns/NAMESPACE/sa/ACCOUNT`; undefined where the text is none, such as a pattern. */
export function parseIdentity(text: string): Identity | undefined {
  const [, trustDomain, namespace, serviceAccount] =
    /^([^/*]+)\/ns\/([^/*]+)\/sa\/([^/*]+)$/.exec(text) ?? [];
  return trustDomain ? { trustDomain, namespace, serviceAccount } : undefined;
}

/**
 * The workloads that run under an identity of this mesh: those of its service account. An identity of another
 * trust domain is nobody's here.
 */
export function workloadsWithIdentity(
  snapshot: MeshSnapshot,
  text: string,
): Workload[] {
  const identity = parseIdentity(text);
  if (!identity || !isOwn(snapshot, identity.trustDomain)) {
    return [];
  }
  return [...workloadsIn(snapshot, identity.namespace).values()].filter(
    ({ serviceAccount }) => serviceAccount === identity.serviceAccount,
  );
}

function isOwn(snapshot: MeshSnapshot, trustDomain: string): boolean {
  const mesh = meshConfig(snapshot);
  return (
    mesh.state === 'read' &&
    [mesh.config.trustDomain, ...mesh.config.trustDomainAliases].includes(
      trustDomain,
    )
  );
}
