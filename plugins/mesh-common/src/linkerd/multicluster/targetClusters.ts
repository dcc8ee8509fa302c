import { Cause, Reason } from '../../contract/common';
import { because } from '../../mesh/answers';
import { addTo } from '../../snapshot/addTo';
import { defineClusterIndex } from '../../snapshot/defineClusterIndex';
import { defineQuestion } from '../../snapshot/defineQuestion';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MulticlusterLink } from '../objects';
import { serviceReachedAt } from './gateways';
import { mirroredServices } from './mirror';

const RULE = 'linkerd/multicluster';
const LINK = 'multicluster.linkerd.io/Link';

/** By which peers of a snapshot are found. */
export const LINKERD_ID = 'linkerd';

const mirroredClusters = defineClusterIndex(
  'Service',
  services =>
    new Set(
      services
        .flatMap(mirroredServices)
        .flatMap(({ cluster }) => (cluster ? [cluster] : [])),
    ),
  (parts): ReadonlySet<string> => new Set(parts.flatMap(part => [...part])),
);

const linksByTarget = defineClusterIndex(
  LINK,
  links => links,
  parts => {
    const byTarget = new Map<string, MulticlusterLink[]>();
    for (const link of parts.flat()) {
      addTo(byTarget, link.spec?.targetClusterName ?? '', link);
    }
    return byTarget;
  },
);

/** The Links to a cluster, by the name that they have for it. */
export function linksTo(
  snapshot: MeshSnapshot,
  name: string,
): readonly MulticlusterLink[] {
  return linksByTarget(snapshot).get(name) ?? [];
}

/** The addresses of the gateway of a cluster that Links name. */
export function gatewayAddresses(
  snapshot: MeshSnapshot,
  name: string,
): ReadonlySet<string> {
  return new Set(
    linksTo(snapshot, name).flatMap(({ spec }) =>
      (spec?.gatewayAddress ?? '')
        .split(',')
        .map(address => address.trim())
        .filter(address => address !== ''),
    ),
  );
}

/** What Links say of a Service that they do not mirror as it is now. */
export function mirrorProblems(
  snapshot: MeshSnapshot,
  cluster: string,
  { namespace, name }: { namespace: string; name: string },
): Reason[] {
  return linksTo(snapshot, cluster).flatMap(link =>
    [
      ...(link.status?.mirrorServices ?? []),
      ...(link.status?.federatedServices ?? []),
    ]
      .filter(
        ({ remoteRef }) =>
          remoteRef?.name === name && remoteRef.namespace === namespace,
      )
      .flatMap(({ conditions = [] }) => conditions)
      .filter(({ type, status }) => type === 'Mirrored' && status !== 'True')
      .map(({ reason, message }) =>
        because(
          RULE,
          `Link ${link.metadata.namespace}/${
            link.metadata.name
          } says that ${namespace}/${name} is not mirrored as it is: ${
            message || reason || 'no reason is given'
          }`,
          { snapshot, kind: LINK, object: link, field: 'status' },
        ),
      ),
  );
}

/**
 * The clusters to which this one is linked. Its Links and mirrors name them, each as whoever made the Link called it: that
 * is taken for the cluster that is configured under that name, else for the one whose gateway has the address of the Link.
 */
export function linkedClusters(
  snapshot: MeshSnapshot,
  others: readonly MeshSnapshot[],
): readonly MeshSnapshot[] {
  const names = [
    ...new Set([
      ...mirroredClusters(snapshot),
      ...linksByTarget(snapshot).keys(),
    ]),
  ];
  if (names.length === 0) {
    return [];
  }
  const found = new Set<MeshSnapshot>();
  for (const name of names) {
    const target = targetAmong(snapshot, others, name);
    if (target) {
      found.add(target);
    } else {
      others.filter(isUnread).forEach(other => found.add(other));
    }
  }
  return others.filter(other => found.has(other));
}

interface NamedCluster {
  /** As it is configured. */
  cluster?: string;
  /** It may be one that cannot be read. */
  isUnread: boolean;
}

/** Found among all clusters: who asks depends on which one it is, and not on all that has addresses there. */
const clusterNamed = defineQuestion<NamedCluster>(
  (snapshot, name) => {
    const peers = snapshot.peers(LINKERD_ID);
    const target = targetAmong(snapshot, peers, name);
    return target
      ? { cluster: target.cluster, isUnread: false }
      : { isUnread: peers.some(isUnread) };
  },
  (a, b) => a.cluster === b.cluster && a.isUnread === b.isUnread,
);

/** Why it is not known which cluster a mirror names. */
export interface UnknownCluster {
  cause: Cause;
  reason: Reason;
}

/** A cluster that a mirror names, or why it is not known which one that is. */
export function targetCluster(
  snapshot: MeshSnapshot,
  name: string,
): MeshSnapshot | UnknownCluster {
  const found = clusterNamed(snapshot, name);
  return (
    snapshot
      .peers(LINKERD_ID)
      .find(({ cluster }) => cluster === found.cluster) ??
    unknownCluster(name, found)
  );
}

function unknownCluster(name: string, found: NamedCluster): UnknownCluster {
  return {
    cause: 'unreachable',
    reason: {
      rule: RULE,
      text:
        // Which one that is is not for everybody who may ask about a request.
        found.isUnread
          ? `No cluster of the name ${name} is configured, and one that cannot be read may be it`
          : `No cluster of the name ${name} is configured, and none whose gateway has the address of a Link to it`,
    },
  };
}

function targetAmong(
  snapshot: MeshSnapshot,
  others: readonly MeshSnapshot[],
  name: string,
): MeshSnapshot | undefined {
  const named = others.find(({ cluster }) => cluster === name);
  if (named) {
    return named;
  }
  const addresses = gatewayAddresses(snapshot, name);
  if (addresses.size === 0) {
    return undefined;
  }
  const reached = others.filter(other => serviceReachedAt(other, addresses));
  return reached.length === 1 ? reached[0] : undefined;
}

function isUnread(snapshot: MeshSnapshot): boolean {
  return snapshot.read('Service').state !== 'read';
}
