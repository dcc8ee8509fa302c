import { Comparison, corpus, Corpus } from '../../corpus';
import { linkerdCase, LinkerdCase, linkerdCluster } from './case';
import { asProxyGets, inboundAnswer } from './inbound';
import { only } from './only';
import {
  egressResolution,
  outboundAnswer,
  outboundAsProxyGets,
} from './outbound';
import { egressRequestAnswer, outboundRequestAnswer } from './outboundRequests';
import { probeAnswer } from './probes';
import { requestAnswer } from './requests';
import { conflictAnswer, statusAnswer } from './status';

/** What the policy controller says of a situation, or the proxy of a request; only what is expected is compared. */
export const linkerdPolicy = answers('linkerd-policy', ({ expected, actual }) =>
  only(expected, actual),
);

/** The answers of Linkerd's own policy controller about random worlds, in full. */
export const linkerdController = answers('linkerd-controller', ({ actual }) =>
  outboundAsProxyGets(asProxyGets(actual)),
);

/** A corpus of questions, of whose answers a part is compared. */
function answers(
  name: string,
  comparedOf: (answer: Exclude<Comparison, { skipped: string }>) => unknown,
): Corpus {
  return corpus({
    name,
    schema: linkerdCase,
    compare(entry): Comparison {
      const compared = comparisonOf(entry);
      return 'skipped' in compared
        ? compared
        : { ...compared, actual: comparedOf(compared) };
    },
  });
}

function comparisonOf(entry: LinkerdCase): Comparison {
  const { query, expect: expected } = entry;
  switch (query.type) {
    case 'inbound':
      return { expected, actual: inboundAnswer(linkerdCluster(entry), query) };
    case 'outbound':
      return {
        expected,
        actual: outboundAnswer(linkerdCluster(entry), query, expected),
      };
    case 'outbound-request':
      return {
        expected,
        actual: outboundRequestAnswer(linkerdCluster(entry), query),
      };
    case 'egress-request':
      return {
        expected,
        actual: egressRequestAnswer(linkerdCluster(entry), query),
      };
    case 'egress-resolution':
      return {
        expected,
        actual: egressResolution(linkerdCluster(entry), query),
      };
    case 'inbound-request':
      return { expected, actual: requestAnswer(linkerdCluster(entry), query) };
    case 'probe-paths':
      return { expected, actual: probeAnswer(linkerdCluster(entry), query) };
    case 'status':
      return {
        expected,
        actual: statusAnswer(linkerdCluster(entry, 'files'), query),
      };
    case 'route-conflict':
      return {
        expected,
        actual: conflictAnswer(linkerdCluster(entry, 'files'), query),
      };
    default:
      return {
        skipped: `questions of the type ${query.type} are not modelled`,
      };
  }
}
