import {
  FleetService,
  Verdict,
  verdictSchema,
} from 'backstage-plugin-mesh-common';

/** What the table of services can be filtered by; an absent value lets everything through. */
export interface ServiceFilter {
  q?: string;
  verdict?: string;
  mesh?: string;
  cluster?: string;
  owner?: string;
}

/** What the table can be sorted by. */
export const SORT_KEYS = [
  'service',
  'owner',
  'system',
  'verdict',
  'workloads',
  'findings',
] as const;

export type SortKey = (typeof SORT_KEYS)[number];

export interface ServiceOrder {
  key: SortKey;
  descending: boolean;
}

/** Worst first: what needs work is on top. */
const DEFAULT_ORDER: ServiceOrder = { key: 'verdict', descending: true };

/** The order as the URL has it: the name of a column, with a minus before it for descending. */
export function parseOrder(text: string | undefined): ServiceOrder {
  const descending = text?.startsWith('-') ?? false;
  const name = descending ? text?.slice(1) : text;
  const key = SORT_KEYS.find(candidate => candidate === name);
  return key ? { key, descending } : DEFAULT_ORDER;
}

export function orderText({ key, descending }: ServiceOrder): string {
  return `${descending ? '-' : ''}${key}`;
}

export function filterServices(
  services: readonly FleetService[],
  filter: ServiceFilter,
): FleetService[] {
  const words = (filter.q ?? '').toLocaleLowerCase().split(/\s+/);
  return services.filter(
    service =>
      (!filter.verdict || service.verdict === filter.verdict) &&
      (!filter.mesh || service.meshes.includes(filter.mesh)) &&
      (!filter.cluster || service.clusters.includes(filter.cluster)) &&
      (!filter.owner || service.owner === filter.owner) &&
      words.every(word => textOf(service).includes(word)),
  );
}

function textOf(service: FleetService): string {
  return [
    service.entityRef,
    service.title,
    service.owner,
    service.system,
    service.why,
  ]
    .filter(Boolean)
    .join(' ')
    .toLocaleLowerCase();
}

export function sortServices(
  services: readonly FleetService[],
  { key, descending }: ServiceOrder,
): FleetService[] {
  const sign = descending ? -1 : 1;
  return [...services].sort(
    (a, b) =>
      sign * compare(key, a, b) || a.entityRef.localeCompare(b.entityRef),
  );
}

function compare(key: SortKey, a: FleetService, b: FleetService): number {
  switch (key) {
    case 'verdict':
      return rank(a.verdict) - rank(b.verdict);
    case 'workloads':
      return a.workloads - b.workloads;
    case 'findings':
      return weight(a) - weight(b);
    case 'service':
      return nameOf(a).localeCompare(nameOf(b));
    default:
      return (a[key] ?? '').localeCompare(b[key] ?? '');
  }
}

/** The verdicts are from best to worst. */
function rank(verdict: Verdict): number {
  return verdictSchema.options.indexOf(verdict);
}

/** One error is worse than any number of warnings. */
function weight({ findings }: FleetService): number {
  return findings.error * 1e6 + findings.warning * 1e3 + findings.info;
}

function nameOf(service: FleetService): string {
  return service.title ?? service.entityRef;
}

/** The values of a column that there are to choose from. */
export function choices(
  services: readonly FleetService[],
  values: (service: FleetService) => readonly string[],
): string[] {
  return [...new Set(services.flatMap(values))].sort((a, b) =>
    a.localeCompare(b),
  );
}
