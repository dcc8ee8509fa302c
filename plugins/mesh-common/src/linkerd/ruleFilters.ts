import { Reason } from '../contract/common';
import { RouteRule } from '../contract/routing';
import { RouteFilter } from '../gateway-api/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { AnyLinkerdRoute } from './linkerdRoutes';
import { OutboundRule, WrittenOutboundRoute } from './outbound/policy';
import { FilterContent, HeaderChanges } from './ruleContent';

/** What the filters of a rule do, where Linkerd has them. */
export interface RuleFilters extends Pick<RouteRule, 'headers' | 'redirect'> {
  reasons: Reason[];
}

/** The status of a redirect that says none. */
const FOUND = 302;

/** What the filters of a rule and of its backends do: change headers, or redirect. */
export function ruleFilters(
  snapshot: MeshSnapshot,
  { route }: WrittenOutboundRoute,
  index: number,
  { filters, backends }: OutboundRule,
): RuleFilters {
  const redirect = filters.flatMap(redirectOf)[0];
  return {
    headers: [
      ...filters.flatMap(filter => headerTexts('', filter)),
      ...backends.flatMap(({ target, filters: own }) =>
        own.flatMap(filter => headerTexts(`${target?.name}: `, filter)),
      ),
    ],
    ...(redirect && { redirect }),
    reasons: misapplied(snapshot, route, index),
  };
}

function headerTexts(prefix: string, filter: FilterContent): string[] {
  if ('requestHeaders' in filter) {
    return changeTexts(`${prefix}request`, filter.requestHeaders);
  }
  return 'responseHeaders' in filter
    ? changeTexts(`${prefix}response`, filter.responseHeaders)
    : [];
}

function changeTexts(
  subject: string,
  { set, add, remove }: HeaderChanges,
): string[] {
  return [
    ...set.map(([name, value]) => `${subject} set ${name}: ${value}`),
    ...add.map(([name, value]) => `${subject} add ${name}: ${value}`),
    ...remove.map(name => `${subject} remove ${name}`),
  ];
}

function redirectOf(
  filter: FilterContent,
): NonNullable<RouteRule['redirect']>[] {
  if (!('redirect' in filter)) {
    return [];
  }
  const { status, scheme, host, port, path } = filter.redirect;
  const target = path && ('full' in path ? path.full : path.prefix);
  return [
    {
      code: status ?? FOUND,
      ...(scheme && { scheme }),
      ...(host && { authority: host }),
      ...(port !== undefined && { port }),
      ...(target !== undefined && { path: target }),
    },
  ];
}

/** Filters that come to something else than is written. */
function misapplied(
  snapshot: MeshSnapshot,
  { kind, route }: AnyLinkerdRoute,
  index: number,
): Reason[] {
  if (kind !== 'policy.linkerd.io/HTTPRoute') {
    return [];
  }
  const rules: readonly { filters?: RouteFilter[] }[] = route.spec?.rules ?? [];
  return (rules[index]?.filters ?? []).flatMap(
    ({ responseHeaderModifier }, filter) =>
      responseHeaderModifier
        ? [
            because(
              'linkerd/filters',
              'Linkerd applies the ResponseHeaderModifier of a policy.linkerd.io HTTPRoute to requests',
              {
                snapshot,
                kind,
                object: route,
                field: `spec.rules[${index}].filters[${filter}]`,
              },
            ),
          ]
        : [],
  );
}
