import { MergedRule } from '../../istio/destinationRule';
import { meshConfig } from '../../istio/meshConfig';
import { DestinationRule } from '../../istio/objects';
import { policyFor, ResolvedPolicy } from '../../istio/trafficPolicy';
import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';

/** Settings for a port are for none that has this number. */
const NO_PORT = 0;

/** Failover between localities that never happens. */
export const failoverWithoutDetection = defineCheck({
  code: 'MESH-I0103',
  level: 'warning',
  title: 'Locality failover without outlier detection',
  explanation:
    'localityLbSetting asks that requests stay near and go elsewhere when near endpoints are ill. Only outlierDetection in the same policy tells which endpoints are ill; without it istiod gives all endpoints one priority and requests go everywhere. Add an outlierDetection block; an empty one is enough.',
  upstream:
    'pilot/pkg/networking/core/loadbalancer/loadbalancer.go, ApplyLocalityLoadBalancer (istio)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['ConfigMap'],
  *run(rule, snapshot) {
    const mesh = meshConfig(snapshot);
    if (mesh.state === 'unknown') {
      return;
    }
    const ofMesh = mesh.config.defaultTrafficPolicy?.outlierDetection;
    const fields = new Set<string>();
    for (const policy of policiesIn(rule)) {
      const field = inactiveFailover(policy, ofMesh !== undefined);
      if (field !== undefined && !fields.has(field)) {
        fields.add(field);
        yield {
          message: `DestinationRule ${namespaceOf(rule)}/${
            rule.metadata.name
          } asks for failover between localities (${field}), and its policy has no outlierDetection: it does not happen`,
          field,
        };
      }
    }
  },
});

/** Where failover is asked for in vain. */
function inactiveFailover(
  { loadBalancer, outlierDetection, isWhole }: ResolvedPolicy,
  ofMesh: boolean,
): string | undefined {
  const setting = loadBalancer?.value.localityLbSetting;
  const detects = outlierDetection !== undefined || (ofMesh && !isWhole);
  return loadBalancer &&
    setting &&
    setting.enabled !== false &&
    !setting.distribute?.length &&
    !detects
    ? `${loadBalancer.field}.localityLbSetting`
    : undefined;
}

/** The policies that the rule alone has: of the host and each subset, for all ports and for those with settings. */
function policiesIn(rule: DestinationRule): ResolvedPolicy[] {
  const { trafficPolicy, subsets = [] } = rule.spec ?? {};
  const merged: MergedRule = {
    host: rule.spec?.host ?? '',
    namespace: namespaceOf(rule),
    rule,
    from: [rule],
    exportTo: new Set(),
    ...(trafficPolicy && { policy: { policy: trafficPolicy, rule } }),
    subsets: subsets.map((subset, index) => ({ subset, rule, index })),
  };
  const ports = [trafficPolicy, ...subsets.map(one => one.trafficPolicy)]
    .flatMap(policy => policy?.portLevelSettings ?? [])
    .flatMap(({ port }) => port?.number ?? []);
  return [undefined, ...subsets.map(({ name }) => name)].flatMap(subset =>
    [NO_PORT, ...ports].map(port => policyFor(merged, subset, port)),
  );
}
