import { FleetMesh } from './mesh';
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

/** The applications, spread over the namespaces; the first ones have subsets where the mesh has objects that tell them apart. */
export function appsOf(mesh: FleetMesh, counts: FleetCounts): App[] {
  const namespaces = appNamespaces(counts);
  const withSubsets = mesh.appsWithSubsets(counts);
  return Array.from(
    { length: counts.Service - mesh.root.services },
    (_, index) => {
      const place = Math.floor(index / namespaces.length);
      return {
        index,
        namespace: namespaces[index % namespaces.length],
        name: `${ROLES[place % ROLES.length]}-${place + 1}`,
        port: 8080,
        hasSubsets: index < withSubsets,
      };
    },
  );
}
