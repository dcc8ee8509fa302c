import type { ObjectStore } from '../../store/types';
import type { Pod } from '../../world/coreKinds';
import {
  istioGateways,
  virtualServices,
  type IstioHttpMatch,
  type IstioHttpRule,
  type StringMatch,
  type VirtualService,
} from '../../world/istioKinds';
import { byAge } from '../../world/kind';
import { hasLabels } from '../../world/selector';
import { CLUSTER_DOMAIN } from '../hosts';
import type { Request } from '../request';
import { covers } from './destinationRule';

/** The gateway of all sidecars. */
const MESH = 'mesh';

/**
 * The VirtualServices of a host for a client, the one that counts first: in the mesh the oldest of the most specific
 * host wins whole; at a gateway all are merged, oldest first.
 */
export function virtualServicesFor(
  store: ObjectStore,
  client: Pod,
  host: string,
  gateways: readonly string[],
): VirtualService[] {
  const candidates = virtualServices
    .list(store)
    .filter(
      virtualService =>
        gatewaysOf(virtualService).some(gateway =>
          gateways.includes(gateway),
        ) &&
        isVisible(virtualService, client.namespace) &&
        hostsOf(virtualService).some(pattern => covers(pattern, host)),
    )
    .sort(byAge);
  const exact = candidates.filter(candidate =>
    hostsOf(candidate).includes(host),
  );
  return exact.length > 0 ? exact : candidates;
}

/** `mesh` for a sidecar; for a gateway's pod the Gateways that select it. */
export function gatewaysAt(store: ObjectStore, pod: Pod): string[] {
  const selecting = istioGateways
    .list(store)
    .filter(({ body }) => {
      const { selector } = body.spec;
      return (
        Object.keys(selector).length > 0 && hasLabels(selector, pod.labels)
      );
    })
    .map(({ namespace, name }) => `${namespace}/${name}`);
  return selecting.length > 0 ? selecting : [MESH];
}

export type RuleChoice =
  | { outcome: 'rule'; rule: IstioHttpRule; virtualService: VirtualService }
  /** The VirtualService has rules for this client, and the request matches none of them. */
  | { outcome: 'no match' }
  /** No rule can apply to this client: as if there were no VirtualService. */
  | { outcome: 'none' };

/** The first rule that matches a request. */
export function chooseRule(
  found: readonly VirtualService[],
  client: Pod,
  request: Request,
  gateways: readonly string[],
): RuleChoice {
  const rules = found.flatMap(virtualService =>
    virtualService.body.spec.http.map(rule => ({ rule, virtualService })),
  );
  const possible = rules.filter(
    ({ rule }) =>
      rule.match.length === 0 ||
      rule.match.some(match => canApply(match, client, request, gateways)),
  );
  if (possible.length === 0) {
    return { outcome: 'none' };
  }
  const chosen = possible.find(
    ({ rule }) =>
      rule.match.length === 0 ||
      rule.match.some(
        match =>
          canApply(match, client, request, gateways) && matches(match, request),
      ),
  );
  return chosen ? { outcome: 'rule', ...chosen } : { outcome: 'no match' };
}

/** What is decided without the request: client, gateway, port. */
function canApply(
  match: IstioHttpMatch,
  client: Pod,
  { port }: Request,
  gateways: readonly string[],
): boolean {
  return (
    (!match.sourceLabels || hasLabels(match.sourceLabels, client.labels)) &&
    (!match.sourceNamespace || match.sourceNamespace === client.namespace) &&
    (match.port === undefined || match.port === port) &&
    (!match.gateways ||
      match.gateways.some(gateway => gateways.includes(gateway)))
  );
}

function matches(match: IstioHttpMatch, request: Request): boolean {
  const header = (name: string) => request.headers[name.toLowerCase()];
  return (
    (!match.uri || matchesText(match.uri, request.path)) &&
    (!match.method || matchesText(match.method, request.method)) &&
    Object.entries(match.headers).every(([name, condition]) =>
      matchesText(condition, header(name)),
    ) &&
    Object.entries(match.withoutHeaders).every(
      ([name, condition]) => !matchesText(condition, header(name)),
    )
  );
}

/** An empty condition asks for presence. */
function matchesText(
  { exact, prefix, regex }: StringMatch,
  text: string | undefined,
): boolean {
  if (text === undefined) {
    return false;
  }
  if (exact !== undefined) {
    return text === exact;
  }
  if (prefix !== undefined) {
    return text.startsWith(prefix);
  }
  return regex === undefined || new RegExp(`^(?:${regex})$`).test(text);
}

function gatewaysOf({ namespace, body }: VirtualService): string[] {
  const { gateways } = body.spec;
  return gateways.length === 0
    ? [MESH]
    : gateways.map(name =>
        name === MESH || name.includes('/') ? name : `${namespace}/${name}`,
      );
}

/** A short name means a Service of the VirtualService's namespace; a name with a dot is literal. */
export function expandHost(host: string, namespace: string): string {
  return host.includes('.') || host === '*'
    ? host
    : `${host}.${namespace}.svc.${CLUSTER_DOMAIN}`;
}

function hostsOf({ namespace, body }: VirtualService): string[] {
  return body.spec.hosts.map(host => expandHost(host, namespace));
}

function isVisible({ namespace, body }: VirtualService, to: string): boolean {
  const { exportTo } = body.spec;
  return (
    exportTo.length === 0 ||
    exportTo.includes('*') ||
    exportTo.includes(to) ||
    (exportTo.includes('.') && namespace === to)
  );
}
