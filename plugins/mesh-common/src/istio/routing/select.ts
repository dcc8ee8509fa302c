import { Reason } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { isWildcard, mostSpecific } from '../hosts';
import { MeshService } from '../meshServices';
import { HttpMatch } from '../objects';
import {
  matchesOf,
  namesHost,
  objectReason,
  ruleName,
  RouteSource,
  SourceRule,
  titleOf,
} from './source';
import { RouteView, staticVerdict } from './view';

const RULE = 'istio/route-selection';

/** A rule as far as it can apply on a port: with the alternatives that can, or with why none can. */
export interface ChosenRule {
  rule: SourceRule;
  /** Indexes into the rule's matches beside them, for what is shown. */
  alternatives: readonly { match: HttpMatch; index: number }[];
  never?: string;
}

/** The rules that decide on one port of a service, and what is said about those that do not. */
export interface Selection {
  /** Empty: none does, and requests go to the service itself. */
  rules: readonly ChosenRule[];
  /** Whose rules they are, where it is one's. */
  source?: RouteSource;
  ignored: readonly Reason[];
}

/**
 * The HTTP rules that a sidecar applies on a port: those of the first source that names the host, whole;
 * others for the host are passed over. A source none of whose rules can apply (for this client, on this port)
 * counts as if it were not there. A wildcard counts only where no source names the host itself, the longest
 * one first.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `BuildSidecarVirtualHostWrapper`,
 * `separateVSHostsAndServices`; pilot/pkg/model/sidecar.go, `computeWildcardHostVirtualServiceIndex`.
 */
export function selectForSidecar(
  snapshot: MeshSnapshot,
  sources: readonly RouteSource[],
  service: MeshService,
  port: number,
  view: RouteView,
): Selection {
  const eligible = eligibleSources(sources, service.host);
  let winner: { source: RouteSource; rules: ChosenRule[] } | undefined;
  const ignored: Reason[] = [];
  const passOver = (source: RouteSource, text: string) =>
    ignored.push(
      ...source.objects.map(written =>
        objectReason(snapshot, written, RULE, `${titleOf(written)} ${text}`),
      ),
    );
  for (const source of eligible) {
    const { rules, dropped } = chosenRules(source, port, view);
    if (winner) {
      if (rules.length > 0) {
        passOver(
          source,
          `has no effect on port ${port}: ${titleOf(
            winner.source.objects[0],
          )} comes first for this host, and they are not merged`,
        );
      }
    } else if (rules.some(({ never }) => never === undefined)) {
      winner = { source, rules };
      ignored.push(...dropped);
    } else if (rules.length > 0) {
      passOver(
        source,
        `has no effect on port ${port}: no rule can apply (${rules[0].never})`,
      );
    } else {
      ignored.push(...dropped);
    }
  }
  for (const source of sources) {
    if (!eligible.includes(source)) {
      passOver(
        source,
        'has no effect here: another names the host itself, or by a longer wildcard',
      );
    }
  }
  return {
    rules: winner?.rules ?? [],
    ...(winner && { source: winner.source }),
    ignored,
  };
}

/**
 * The HTTP rules that a waypoint applies on a port: of all sources for the host in turn (up to 1.29: of the
 * first that has any).
 *
 * Upstream: pilot/pkg/networking/core/listener_waypoint.go, `getVirtualServiceForWaypoint`,
 * `buildWaypointInboundHTTPRouteConfig`.
 */
export function selectForWaypoint(
  sources: readonly RouteSource[],
  port: number,
  view: RouteView,
): Selection {
  const chosen = sources.map(source => chosenRules(source, port, view));
  const withRules = chosen.filter(({ rules }) =>
    rules.some(({ never }) => never === undefined),
  );
  const used = view.merges === false ? withRules.slice(0, 1) : withRules;
  return {
    rules: used.flatMap(({ rules }) => rules),
    ignored: chosen.flatMap(({ dropped }) => dropped),
  };
}

/**
 * The sources that name a host itself; where none does, the one that names it by the longest wildcard. For a service whose
 * host is a wildcard it is one alone in any case, and none where its rules do not apply.
 */
export function eligibleSources(
  sources: readonly RouteSource[],
  host: string,
): RouteSource[] {
  if (isWildcard(host)) {
    return wildcardSource(sources, host);
  }
  const exact = sources.filter(source => namesHost(source, host));
  return exact.length > 0 ? exact : wildcardSource(sources, host);
}

/** The rules of a source as far as they are for a port. */
export function chosenRules(
  source: RouteSource,
  port: number,
  view: RouteView,
): { rules: ChosenRule[]; dropped: readonly Reason[] } {
  const { rules, dropped } = source.rules();
  return {
    rules: rules.flatMap(rule => chosenRule(rule, port, view) ?? []),
    dropped,
  };
}

/** Undefined where the rule is for other ports. */
function chosenRule(
  rule: SourceRule,
  port: number,
  view: RouteView,
): ChosenRule | undefined {
  const judged = matchesOf(rule).map((match, index) => ({
    match,
    index,
    verdict: staticVerdict(match, port, view),
  }));
  const alternatives = judged.filter(({ verdict }) => verdict === 'applies');
  if (alternatives.length > 0) {
    return { rule, alternatives };
  }
  const never = judged.flatMap(({ verdict }) =>
    typeof verdict === 'object' ? [verdict.never] : [],
  )[0];
  return never === undefined
    ? undefined
    : { rule, alternatives: [], never: `${ruleName(rule)}: ${never}` };
}

/** Gateway API routes have no wildcard hosts in the mesh, so only VirtualServices come by them. */
function wildcardSource(
  sources: readonly RouteSource[],
  host: string,
): RouteSource[] {
  const byHost = new Map<string, RouteSource>();
  for (const source of sources) {
    for (const wildcard of source.hosts.filter(isWildcard)) {
      if (!byHost.has(wildcard)) {
        byHost.set(wildcard, source);
      }
    }
  }
  const found = mostSpecific(host, byHost);
  return found ? [found.value] : [];
}
