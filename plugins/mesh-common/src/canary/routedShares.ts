import { RouteDestination } from '../istio/objectParts';
import { VirtualService } from '../istio/objects';
import { BackendRef } from '../gateway-api/objects';

/** A rule of a route object that has the new version among its destinations. */
export interface RoutedShare {
  /** Of the rule. */
  field: string;
  /** Of the destination's weight. */
  weightField: string;
  /** 0 to 100; undefined where all weights are 0. */
  percent: number | undefined;
}

/** Tells the destinations of the new version from others. */
export interface NewVersion {
  /** The Service that has only the new version. */
  service?: string;
  /** The subset that has only the new version. */
  subset?: string;
}

interface Weighted {
  weight: number;
  isNew: boolean;
}

/** A share as people mean it, whatever number is written; 2 decimals are enough. */
export function clampPercent(percent: number): number {
  return Math.round(Math.min(Math.max(percent, 0), 100) * 100) / 100;
}

function shareOf(field: string, list: string, all: readonly Weighted[]) {
  const index = all.findIndex(({ isNew }) => isNew);
  if (index < 0) {
    return undefined;
  }
  const sum = (some: readonly Weighted[]) =>
    some.reduce((total, { weight }) => total + weight, 0);
  const total = sum(all);
  const share: RoutedShare = {
    field,
    weightField: `${field}.${list}[${index}].weight`,
    percent:
      total > 0 && Number.isFinite(total)
        ? clampPercent((100 * sum(all.filter(({ isNew }) => isNew))) / total)
        : undefined,
  };
  return share;
}

/**
 * The share of a rule of a VirtualService. Argo Rollouts compares the host up to its first dot with the name of the
 * Service, or else the name of the subset. A destination without weight is all of a rule that has no other, and
 * nothing of one that has.
 *
 * Upstream: argo-rollouts rollout/trafficrouting/istio/istio.go, `processRoutes`, `getHost`; flagger pkg/router/istio.go,
 * `GetRoutes`.
 */
export function virtualServiceShare(
  field: string,
  route: readonly RouteDestination[],
  { service, subset }: NewVersion,
): RoutedShare | undefined {
  return shareOf(
    field,
    'route',
    route.map(({ destination, weight }) => ({
      weight: weight ?? (route.length === 1 ? 100 : 0),
      isNew:
        (service !== undefined && destination.host.split('.')[0] === service) ||
        (subset !== undefined && destination.subset === subset),
    })),
  );
}

/** The share of a rule of a route of the Gateway API, where a backend without weight has 1. */
export function gatewayApiShare(
  field: string,
  backendRefs: readonly BackendRef[],
  { service }: NewVersion,
): RoutedShare | undefined {
  return shareOf(
    field,
    'backendRefs',
    backendRefs.map(({ group = '', kind = 'Service', name, weight = 1 }) => ({
      weight,
      isNew: group === '' && kind === 'Service' && name === service,
    })),
  );
}

/** All rules of a VirtualService that send to the new version. */
export function virtualServiceShares(
  { spec }: VirtualService,
  version: NewVersion,
): RoutedShare[] {
  return (['http', 'tls', 'tcp'] as const).flatMap(protocol =>
    (spec?.[protocol] ?? []).flatMap(
      ({ route = [] }, index) =>
        virtualServiceShare(`spec.${protocol}[${index}]`, route, version) ?? [],
    ),
  );
}

/** All rules of a route of the Gateway API that send to the new version. */
export function gatewayApiShares(
  rules: readonly { backendRefs?: BackendRef[] }[],
  version: NewVersion,
): RoutedShare[] {
  return rules.flatMap(
    ({ backendRefs = [] }, index) =>
      gatewayApiShare(`spec.rules[${index}]`, backendRefs, version) ?? [],
  );
}
