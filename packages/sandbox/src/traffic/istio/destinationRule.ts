import type { ObjectStore } from '../../store/types';
import type { Pod, Service } from '../../world/coreKinds';
import {
  destinationRules,
  type DestinationRule,
  type TrafficPolicy,
} from '../../world/istioKinds';
import { byAge } from '../../world/kind';
import { hasLabels } from '../../world/selector';
import { CLUSTER_DOMAIN, hostOf } from '../hosts';
import { ROOT_NAMESPACE } from './peerAuthentication';

/**
 * The DestinationRules that a client's proxy uses for a Service: of the client's namespace, else of the Service's, else
 * of the root namespace, and there those of the most specific host, oldest first.
 */
export function destinationRulesFor(
  store: ObjectStore,
  client: Pod,
  service: Service,
): DestinationRule[] {
  const places = [client.namespace, service.namespace, ROOT_NAMESPACE];
  for (const namespace of places) {
    const matching = destinationRules
      .list(store, namespace)
      .filter(rule => covers(fullHost(rule), hostOf(service)));
    const longest = Math.max(
      ...matching.map(rule => specificity(fullHost(rule))),
    );
    const found = matching
      .filter(rule => specificity(fullHost(rule)) === longest)
      .filter(
        rule =>
          isExported(rule, client.namespace) && selectsClient(rule, client),
      )
      .sort(byAge);
    if (matching.length > 0) {
      return found;
    }
  }
  return [];
}

/** The labels of a subset; undefined where no rule defines it. */
export function subsetLabels(
  rules: readonly DestinationRule[],
  name: string,
): Readonly<Record<string, string>> | undefined {
  return subsetOf(rules, name)?.labels;
}

/** The TLS mode that the rules set for a subset and Service port; undefined where they leave it to auto mTLS. */
export function tlsMode(
  rules: readonly DestinationRule[],
  subset: string | undefined,
  port: number,
): string | undefined {
  return (
    (subset && tlsOf(subsetOf(rules, subset)?.trafficPolicy, port)) ||
    tlsOf(rules[0]?.body.spec.trafficPolicy, port)
  );
}

function subsetOf(rules: readonly DestinationRule[], name: string) {
  return rules
    .flatMap(({ body }) => body.spec.subsets)
    .find(subset => subset.name === name);
}

function tlsOf(
  policy: TrafficPolicy | undefined,
  port: number,
): string | undefined {
  const own = policy?.portLevelSettings.find(
    setting => setting.port?.number === port,
  );
  return own ? own.tls?.mode : policy?.tls?.mode;
}

function fullHost({ namespace, body }: DestinationRule): string {
  const { host } = body.spec;
  return host.includes('.')
    ? host
    : `${host}.${namespace}.svc.${CLUSTER_DOMAIN}`;
}

export function covers(pattern: string, host: string): boolean {
  return pattern.startsWith('*')
    ? host.endsWith(pattern.slice(1))
    : pattern === host;
}

function specificity(host: string): number {
  return host.startsWith('*') ? host.length : Infinity;
}

function isExported({ namespace, body }: DestinationRule, to: string): boolean {
  const { exportTo, workloadSelector } = body.spec;
  return (
    namespace === to ||
    (!workloadSelector &&
      (exportTo.length === 0 ||
        exportTo.includes('*') ||
        exportTo.includes(to)))
  );
}

function selectsClient({ body }: DestinationRule, client: Pod): boolean {
  const { workloadSelector } = body.spec;
  return (
    !workloadSelector || hasLabels(workloadSelector.matchLabels, client.labels)
  );
}
