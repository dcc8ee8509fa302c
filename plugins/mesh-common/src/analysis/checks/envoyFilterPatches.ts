import { EnvoyFilter } from '../../istio/objects';

/** One patch of an EnvoyFilter, with what the API fills in. */
export interface Patch {
  field: string;
  applyTo: string;
  operation: string;
  /** The name of the filter that it is about; empty where it names none. */
  filter: string;
  proxyVersion: string;
}

/** The patches of an EnvoyFilter in the order in which they are applied. */
export function patchesOf({ spec }: EnvoyFilter): Patch[] {
  return (spec?.configPatches ?? []).flatMap(
    ({ applyTo = 'INVALID', match, patch }, index) =>
      patch
        ? [
            {
              field: `spec.configPatches[${index}]`,
              applyTo,
              operation: patch.operation ?? 'INVALID',
              filter: filterOf(patch.value, match?.listener),
              proxyVersion: match?.proxy?.proxyVersion ?? '',
            },
          ]
        : [],
  );
}

type Match = NonNullable<
  NonNullable<
    NonNullable<EnvoyFilter['spec']>['configPatches']
  >[number]['match']
>;

function filterOf(
  value: Readonly<Record<string, unknown>> | undefined,
  listener: Match['listener'],
): string {
  if (!value) {
    return '';
  }
  return typeof value.name === 'string'
    ? value.name
    : listener?.filterChain?.filter?.name ?? '';
}

/** Routes are made anew each time, so that nothing can be added to or removed from them. */
export function isForRoutes({ applyTo }: Patch): boolean {
  return applyTo === 'ROUTE_CONFIGURATION' || applyTo === 'HTTP_ROUTE';
}

/** What can be replaced as a whole. */
export function isReplaceable({ applyTo }: Patch): boolean {
  return ['NETWORK_FILTER', 'HTTP_FILTER', 'VIRTUAL_HOST'].includes(applyTo);
}

/** Whether a patch does what it does relative to what is there, which other EnvoyFilters may have changed. */
export function isRelative(patch: Patch): boolean {
  switch (patch.operation) {
    case 'REMOVE':
      return !isForRoutes(patch);
    case 'REPLACE':
      return isReplaceable(patch);
    case 'INSERT_BEFORE':
    case 'INSERT_AFTER':
      return true;
    default:
      return false;
  }
}

/** The relative patches of an EnvoyFilter without a priority, each with whether an earlier one of the same filter is for a version of the proxy. */
export function unorderedPatches(
  envoyFilter: EnvoyFilter,
): { patch: Patch; versioned: boolean }[] {
  if (envoyFilter.spec?.priority) {
    return [];
  }
  const versioned = new Set<string>();
  return patchesOf(envoyFilter).flatMap(patch => {
    const found = isRelative(patch)
      ? [{ patch, versioned: versioned.has(patch.filter) }]
      : [];
    if (patch.proxyVersion) {
      versioned.add(patch.filter);
    }
    return found;
  });
}
