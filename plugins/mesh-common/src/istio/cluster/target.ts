import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { destinationRuleFor, MergedRule } from '../destinationRule';
import { MeshConfig } from '../meshConfig';
import { findService, MeshService } from '../meshServices';
import { importsHost, SidecarScope } from '../sidecarScope';

/**
 * Whose proxy is asked.
 *
 * @public
 */
export interface ClusterClient {
  proxy: 'sidecar' | 'gateway' | 'waypoint';
  namespace: string;
  /** Absent: no workload in particular; DestinationRules with a selector then do not count. */
  labels?: Readonly<Record<string, string>>;
  /** Its proxy presents a certificate of its own, see `hasOwnCertificate`. */
  ownCertificate?: boolean;
  /** What a sidecar is told of. */
  scope?: SidecarScope;
  config: MeshConfig;
}

/**
 * A destination as the proxy resolves it.
 *
 * @public
 */
export interface ClusterTarget {
  host: string;
  port: number;
  subset?: string;
  service?: MeshService;
  rule?: MergedRule;
  /** Why the proxy has no such cluster, so that requests to it fail. */
  missing?: string;
}

/**
 * What a destination of a route is to a proxy: the service of that host which it is told of (in place of an
 * ExternalName Service the host that this stands for), with the DestinationRule that counts for the client. A
 * service, port or subset that the proxy does not know is no cluster. What an imported route sends to is
 * imported with it, so that a Sidecar only matters where several namespaces have the host.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `GetDestinationCluster`.
 */
export function clusterTarget(
  snapshot: MeshSnapshot,
  destination: { host: string; port: number; subset?: string },
  client: ClusterClient,
): ClusterTarget {
  const { port, subset } = destination;
  const { host, service } = concreteService(snapshot, destination, client);
  const rule =
    service && destinationRuleFor(snapshot, client, service, client.config);
  const missing = missingPart(
    service,
    rule,
    { host, port, ...(subset && { subset }) },
    client,
  );
  return {
    host,
    port,
    ...(subset && { subset }),
    ...(service && { service }),
    ...(rule && { rule }),
    ...(missing && { missing }),
  };
}

/** An ExternalName Service is a name for another host, and one that stands for another such goes nowhere. */
function concreteService(
  snapshot: MeshSnapshot,
  { host, port }: { host: string; port: number },
  { namespace, scope, config }: ClusterClient,
): { host: string; service?: MeshService } {
  const find = (wanted: string) =>
    findService(
      snapshot,
      wanted,
      namespace,
      config,
      candidate =>
        scope?.sidecar !== undefined && importsHost(scope, candidate, port),
    );
  const service = find(host);
  const alias = service && aliasOf(service);
  if (alias === undefined) {
    return { host, ...(service && { service }) };
  }
  const concrete = find(alias);
  return {
    host: alias,
    ...(concrete && aliasOf(concrete) === undefined && { service: concrete }),
  };
}

function aliasOf({ service, external }: MeshService): string | undefined {
  return external ? service?.spec.externalName : undefined;
}

function missingPart(
  service: MeshService | undefined,
  rule: MergedRule | undefined,
  { host, subset, port }: { host: string; subset?: string; port: number },
  { namespace }: ClusterClient,
): string | undefined {
  if (!service) {
    return host === ''
      ? 'its host cannot be told'
      : `Namespace ${namespace} knows no host ${host}`;
  }
  if (!service.ports.some(candidate => candidate.port === port)) {
    return `${host} has no port ${port}`;
  }
  if (
    subset === undefined ||
    rule?.subsets.some(s => s.subset.name === subset)
  ) {
    return undefined;
  }
  return rule
    ? `the DestinationRule for ${host} has no subset ${subset}`
    : `there is no DestinationRule for ${host} that would have the subset ${subset}`;
}
