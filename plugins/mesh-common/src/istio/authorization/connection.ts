import { CallVerdict } from '../../contract/callEvaluation';
import { Reason } from '../../contract/common';
import { meet } from '../../mesh/sending';
import { denied, undecided } from '../../mesh/whoMayCall/decision';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { inboundPort } from '../inbound';
import { MeshConfig } from '../meshConfig';
import { Evaluation } from './evaluate';
import { Subject } from './proxies';

/**
 * The connection must come about before any policy is looked at: what it accepts is PeerAuthentication's word,
 * and certificates of other trust domains than the mesh's fail in the handshake. What a gateway takes its servers have
 * decided before. Undefined where it comes about.
 */
export function refusedConnection(
  { snapshot, pod, port, mode, config }: Subject,
  facts: CallFacts,
): Evaluation | undefined {
  const foreign = foreignDomain(facts, config);
  if (foreign) {
    return refused('untrusted-client', [foreign]);
  }
  if (mode === 'gateway') {
    return undefined;
  }
  const { accepts } = inboundPort(snapshot, pod, port, mode);
  if (accepts.value === 'unknown' && accepts.cause !== 'not-modelled') {
    return { decision: undecided(accepts), providers: [], checks: [] };
  }
  const sends = facts.peer.type === 'none' ? 'plaintext' : 'mtls';
  if (meet({ value: sends, reasons: [] }, accepts).value !== 'fails') {
    return undefined;
  }
  return refused(
    accepts.value === 'mtls-only' ? 'mtls-required' : 'no-connection',
    accepts.reasons,
  );
}

function refused(verdict: CallVerdict, reasons: readonly Reason[]): Evaluation {
  return {
    decision: denied(reasons),
    verdict,
    providers: [],
    checks: reasons.map(reason => ({
      step: 'connection',
      result: 'match',
      dryRun: false,
      reason,
    })),
  };
}

function foreignDomain(
  { peer }: CallFacts,
  { trustDomain, trustDomainAliases }: MeshConfig,
): Reason | undefined {
  if (peer.type !== 'identity') {
    return undefined;
  }
  const [domain] = peer.identity.split('/');
  return [trustDomain, ...trustDomainAliases].includes(domain)
    ? undefined
    : {
        rule: 'istio/trust-domain',
        text: `The trust domain ${domain} of the client is neither the mesh's (${trustDomain}) nor an alias of it, so that the handshake fails`,
      };
}
