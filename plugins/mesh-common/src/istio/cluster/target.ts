import { hasLabels } from '../../kubernetes/selectors';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { destinationRuleFor, MergedRule } from '../destinationRule';
import { MeshConfig } from '../meshConfig';
import { findService, MeshService } from '../meshServices';
import { importsHost, SidecarScope } from '../sidecarScope';
import { policyFor } from '../trafficPolicy';
import { balancingOf } from './loadBalancer';
import { ServiceEndpoint } from './ServiceEndpoint';
import { serviceEndpoints } from './serviceEndpoints';

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
  const target: ClusterTarget = {
    host,
    port,
    ...(subset && { subset }),
    ...(service && { service }),
    ...(rule && { rule }),
  };
  const missing =
    missingPart(target, client) ?? missingNames(snapshot, target, client);
  return { ...target, ...(missing && { missing }) };
}

/** The endpoints of the service of a target that have the labels of its subset. Undefined where they are not known. */
export function targetEndpoints(
  snapshot: MeshSnapshot,
  { service, subset, port, rule }: ClusterTarget,
): ServiceEndpoint[] | undefined {
  const labels =
    rule?.subsets.find(entry => entry.subset.name === subset)?.subset.labels ??
    {};
  return (service ? serviceEndpoints(snapshot, service, port) : [])?.filter(
    endpoint => hasLabels(endpoint.labels, labels),
  );
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

/**
 * A cluster whose endpoints are looked up is none without a name to look up.
 *
 * Upstream: pilot/pkg/networking/core/cluster_builder.go, `buildCluster`.
 */
function missingNames(
  snapshot: MeshSnapshot,
  target: ClusterTarget,
  client: ClusterClient,
): string | undefined {
  const { host, port, subset, service, rule } = target;
  if (service?.resolution !== 'dns') {
    return undefined;
  }
  const { loadBalancer } = policyFor(rule, subset, port);
  const { resolution } = balancingOf(snapshot, service, loadBalancer, client);
  return resolution === 'dns' && targetEndpoints(snapshot, target)?.length === 0
    ? `${host} has no name that could be looked up`
    : undefined;
}

function missingPart(
  { service, rule, host, subset, port }: ClusterTarget,
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
