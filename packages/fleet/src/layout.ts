import { FleetCounts } from './sizes';

/** An application of the fleet: a Service, and the workload behind it. */
export interface App {
  index: number;
  namespace: string;
  name: string;
  /** The number of the container's port, and of the Service's. */
  port: number;
  /** Whether the workload has two versions, and the Service subsets of them. */
  hasSubsets: boolean;
}

/** Where the control plane and the ingress gateway are. */
export const ROOT_NAMESPACE = 'istio-system';

/** The Services of the root namespace: istiod and the ingress gateway. */
export const ROOT_SERVICES = 2;

/** The pods of the root namespace. */
export const ROOT_PODS = 4;

const TEAMS = [
  'accounts',
  'billing',
  'catalog',
  'checkout',
  'delivery',
  'fraud',
  'loyalty',
  'media',
  'orders',
  'payments',
  'pricing',
  'search',
  'stock',
  'support',
] as const;

const ROLES = [
  'api',
  'cache',
  'events',
  'export',
  'gateway',
  'history',
  'import',
  'ledger',
  'notifier',
  'query',
  'reports',
  'rules',
  'sync',
  'worker',
] as const;

/** The namespaces of applications; the root namespace comes on top. */
export function appNamespaces({ Namespace }: FleetCounts): string[] {
  return Array.from(
    { length: Namespace - 1 },
    (_, index) =>
      `${TEAMS[index % TEAMS.length]}-${String(index + 1).padStart(3, '0')}`,
  );
}

/** The applications, spread over the namespaces; the first ones have subsets, as many as there are DestinationRules. */
export function appsOf(counts: FleetCounts): App[] {
  const namespaces = appNamespaces(counts);
  return Array.from({ length: counts.Service - ROOT_SERVICES }, (_, index) => {
    const place = Math.floor(index / namespaces.length);
    return {
      index,
      namespace: namespaces[index % namespaces.length],
      name: `${ROLES[place % ROLES.length]}-${place + 1}`,
      port: 8080,
      hasSubsets: index < counts.DestinationRule,
    };
  });
}

/** The host names that only the world outside knows the application by. */
export function publicHost({ namespace, name }: App): string {
  return `${name}.${namespace}.fleet.example.com`;
}

export function identityOf({ namespace, name }: App): string {
  return `cluster.local/ns/${namespace}/sa/${name}`;
}
