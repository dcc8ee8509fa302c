import { DestinationRule } from '../../istio/objects';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { hostOfRule, overlappingRules } from '../destinationRuleHosts';
import { settingsOfNamespace } from '../namespaceMesh';
import { fullNameOf, refOf } from '../naming';
import { importsRuleHost } from '../ruleImport';
import { isMeshWide, isNamespaceWide, tlsOf } from '../wideTls';

const NAMED = 3;

/** Several DestinationRules that one client sees are for one subset of a host, of which one counts. */
export const severalRulesOfSubset = defineCheck({
  code: 'KIA0201',
  level: 'warning',
  title: 'Several DestinationRules for one host and subset',
  explanation:
    'For a host a client uses the most specific DestinationRule, of its own namespace first. Rules of one namespace for the same host are merged, but of a subset that several name, and of the settings of the whole host, the oldest counts. Put what belongs together into one rule.',
  upstream:
    'destinationrules.MultiMatchChecker, DestinationRulesChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['ConfigMap', 'networking.istio.io/Sidecar'],
  *run(rule, snapshot) {
    const config = settingsOfNamespace(snapshot, namespaceOf(rule));
    if (
      !config ||
      onlyGivesMtls(snapshot, rule) ||
      !importsRuleHost(snapshot, rule, config)
    ) {
      return;
    }
    const host = hostOfRule(snapshot, rule);
    const rivals = overlappingRules(snapshot, host).filter(
      other =>
        other !== rule &&
        sameSubset(rule, other) &&
        haveCommonClient(rule, other) &&
        !onlyGivesMtls(snapshot, other) &&
        importsRuleHost(snapshot, other, config),
    );
    if (rivals.length > 0) {
      yield {
        message: `${refOf(rule)} is for ${host} and subsets that ${listed(
          rivals,
        )} is for, too: clients use one of them for each`,
        field: 'spec.host',
      };
    }
  },
});

/** Rules for a whole namespace or the mesh that have clients send mutual TLS are the rule of which others are exceptions. */
function onlyGivesMtls(snapshot: MeshSnapshot, rule: DestinationRule): boolean {
  return (
    tlsOf(rule) === 'ISTIO_MUTUAL' &&
    (isMeshWide(snapshot, rule) || isNamespaceWide(snapshot, rule))
  );
}

/** A rule without subsets is for all of the host. */
function sameSubset(a: DestinationRule, b: DestinationRule): boolean {
  const [ours, theirs] = [a, b].map(
    ({ spec }) => new Set((spec?.subsets ?? []).map(({ name }) => name)),
  );
  return (
    ours.size === 0 ||
    theirs.size === 0 ||
    [...ours].some(name => theirs.has(name))
  );
}

/** Rules with a workloadSelector are for some clients, and make up for others by being told apart. */
function haveCommonClient(a: DestinationRule, b: DestinationRule): boolean {
  return (
    !a.spec?.workloadSelector &&
    !b.spec?.workloadSelector &&
    scopesOf(a).some(
      scope => scope === '*' || scopesOf(b).some(its => isOneOf(its, scope)),
    )
  );
}

function isOneOf(its: string, scope: string): boolean {
  return its === '*' || its === scope;
}

function scopesOf(rule: DestinationRule): string[] {
  const exportTo = rule.spec?.exportTo ?? [];
  return exportTo.length === 0
    ? ['*']
    : exportTo.map(place => (place === '.' ? namespaceOf(rule) : place));
}

function listed(rules: readonly DestinationRule[]): string {
  const names = rules.map(fullNameOf).sort();
  const more = names.length - NAMED;
  return more > 0
    ? `${names.slice(0, NAMED).join(', ')} and ${more} more`
    : names.join(', ');
}
