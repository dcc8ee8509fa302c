import { isSubsetOf } from '../../istio/hosts';
import { DestinationRule } from '../../istio/objects';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { hostOfRule, overlappingRules } from '../destinationRuleHosts';
import { settingsOfNamespace } from '../namespaceMesh';
import { refOf } from '../naming';
import { importsRuleHost } from '../ruleImport';
import { isMeshWide, isNamespaceWide, tlsOf } from '../wideTls';

/** Without auto mTLS: a DestinationRule without TLS settings takes the place of one that has clients send mutual TLS. */
export const ruleDropsMtls = defineCheck({
  code: 'KIA0204',
  level: 'warning',
  title: 'DestinationRule drops the mutual TLS of a wider one',
  explanation:
    'For a host clients use one DestinationRule, the most specific: what a wider one says about TLS is not added. Where auto mTLS is off, a rule without TLS settings then has clients send plaintext. Repeat the TLS mode in it.',
  upstream:
    'destinationrules.TrafficPolicyChecker, DestinationRulesChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['ConfigMap', 'networking.istio.io/Sidecar'],
  *run(rule, snapshot) {
    const config = settingsOfNamespace(snapshot, namespaceOf(rule));
    if (
      !config ||
      config.enableAutoMtls ||
      saysTls(rule) ||
      !importsRuleHost(snapshot, rule, config)
    ) {
      return;
    }
    const host = hostOfRule(snapshot, rule);
    const wider = overlappingRules(snapshot, host).find(
      other => other !== rule && givesMtls(snapshot, other, host),
    );
    if (wider) {
      yield {
        message: `${refOf(rule)} has no TLS settings and replaces ${refOf(
          wider,
        )} for ${host}, which has clients send mutual TLS: they send plaintext; repeat tls.mode ISTIO_MUTUAL in it`,
        field: 'spec.trafficPolicy',
      };
    }
  },
});

function saysTls(rule: DestinationRule): boolean {
  const { portLevelSettings = [] } = rule.spec?.trafficPolicy ?? {};
  return (
    tlsOf(rule) !== undefined ||
    portLevelSettings.some(({ tls }) => tls !== undefined)
  );
}

/** A rule for the mesh, for the Services of the namespace that it is in, or for the same host. */
function givesMtls(
  snapshot: MeshSnapshot,
  wider: DestinationRule,
  host: string,
): boolean {
  const its = hostOfRule(snapshot, wider);
  return (
    tlsOf(wider) === 'ISTIO_MUTUAL' &&
    isSubsetOf(host, its) &&
    (its === host ||
      isMeshWide(snapshot, wider) ||
      isNamespaceWide(snapshot, wider))
  );
}
