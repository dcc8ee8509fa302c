import { VirtualService } from '../../istio/objects';
import { defineCheck } from '../check';

const LISTS = ['http', 'tls', 'tcp'] as const;

/** A rule of a VirtualService never gets a request, since an earlier one takes them all. */
export const unreachableRule = defineCheck({
  code: 'IST0130',
  level: 'warning',
  title: 'Rule of a VirtualService that is never used',
  explanation:
    'Rules are tried in turn. One that comes after a rule without conditions, or all of whose conditions an earlier rule has as well, never gets a request. Put it before, or remove it.',
  upstream: 'schema.ValidationAnalyzer.VirtualService (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: [],
  *run(virtualService) {
    for (const list of LISTS) {
      for (const { index, name, why } of unreachable(virtualService, list)) {
        yield {
          message: `${list}[${index}]${
            name ? ` (${name})` : ''
          } of VirtualService ${virtualService.metadata.namespace}/${
            virtualService.metadata.name
          } is never used: ${why}`,
          field: `spec.${list}[${index}]`,
        };
      }
    }
  },
});

interface Unreachable {
  index: number;
  name?: string;
  why: string;
}

function* unreachable(
  { spec }: VirtualService,
  list: (typeof LISTS)[number],
): IterableIterator<Unreachable> {
  let catchAll: number | undefined;
  const seen = new Set<string>();
  for (const [index, rule] of (spec?.[list] ?? []).entries()) {
    const name = 'name' in rule ? rule.name : undefined;
    const matches = rule.match ?? [];
    if (catchAll !== undefined) {
      yield {
        index,
        ...(name && { name }),
        why: `${list}[${catchAll}] has no conditions and takes everything`,
      };
    } else if (matches.length === 0) {
      catchAll = index;
    } else {
      const keys = matches.map(matchKey);
      const known = keys.map(key => {
        const before = seen.has(key);
        seen.add(key);
        return before;
      });
      if (known.every(Boolean)) {
        yield {
          index,
          ...(name && { name }),
          why: 'earlier rules have all of its conditions',
        };
      }
    }
  }
}

/** Maps of a match, which say nothing where they are empty. */
const MAPS: readonly string[] = [
  'headers',
  'withoutHeaders',
  'queryParams',
  'sourceLabels',
];

/**
 * Two matches are the same if they differ in their names only. Fields that hold what they would hold if they were left out
 * count as left out (istio/istio pkg/config/validation/validation.go: asJSON).
 */
export function matchKey(match: object): string {
  const written = Object.entries(match).filter(
    ([field, value]) =>
      field !== 'name' &&
      value !== '' &&
      (!MAPS.includes(field) || Object.keys(Object(value)).length > 0),
  );
  return JSON.stringify(sorted(Object.fromEntries(written)));
}

function isDefault(value: unknown): boolean {
  return (
    value === false ||
    value === 0 ||
    value === null ||
    (Array.isArray(value) && value.length === 0)
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, member]) => !isDefault(member))
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, member]) => [key, sorted(member)]),
      )
    : value;
}
