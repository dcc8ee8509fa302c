import { HttpMatch, VirtualService } from '../../istio/objects';
import { covers } from '../../istio/routing/coverage';
import { defineCheck } from '../check';
import { matchKey } from './IST0130';

const LISTS = ['http', 'tls', 'tcp'] as const;

/** One alternative of a rule never gets a request, though the rule may by another. */
export const ineffectiveMatch = defineCheck({
  code: 'IST0131',
  level: 'info',
  title: 'Condition of a VirtualService that is never used',
  explanation:
    'An earlier rule has the same alternative, or one with a shorter path prefix and otherwise the same conditions, so that this one never gets a request. Put it before, or remove it.',
  upstream: 'schema.ValidationAnalyzer.VirtualService (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: [],
  *run(virtualService) {
    const { namespace, name } = virtualService.metadata;
    for (const list of LISTS) {
      for (const { index, at, taker } of ineffective(virtualService, list)) {
        yield {
          message: `${list}[${index}].match[${at}] of VirtualService ${namespace}/${name} is never used: ${list}[${taker}] takes all that it would match`,
          field: `spec.${list}[${index}].match[${at}]`,
        };
      }
    }
  },
});

interface Alternative {
  match: HttpMatch;
  index: number;
  at: number;
}

/** What follows a rule without conditions is never used as a whole, and IST0130's. */
function* ineffective(
  { spec }: VirtualService,
  list: (typeof LISTS)[number],
): IterableIterator<Alternative & { taker: number }> {
  const earlier: Alternative[] = [];
  for (const [index, { match = [] }] of (spec?.[list] ?? []).entries()) {
    if (match.length === 0) {
      return;
    }
    for (const [at, one] of match.entries()) {
      const found = earlier.find(
        candidate =>
          matchKey(candidate.match) === matchKey(one) ||
          (list === 'http' && coversByPrefix(candidate.match, one)),
      );
      if (found) {
        yield { match: one, index, at, taker: found.index };
      }
      earlier.push({ match: one, index, at });
    }
  }
}

function coversByPrefix(earlier: HttpMatch, later: HttpMatch): boolean {
  return (
    earlier.port === later.port &&
    earlier.uri?.prefix !== undefined &&
    later.uri?.prefix !== undefined &&
    covers(
      { match: earlier, bySegments: false },
      { match: later, bySegments: false },
    )
  );
}
