import { clusterOf } from '../__testUtils__/cluster';
import {
  CANARY,
  flagger,
  PAUSED,
  rollout,
  stream,
  weights,
} from '../canary/__testUtils__/canaries';
import { KindId } from '../kubernetes/kinds';
import { Analyzer } from './Analyzer';
import { CANARY_CHECKS } from './canaryChecks';

function findings(
  documents: readonly string[],
  options: { origin?: 'files'; forbidden?: readonly KindId[] } = {},
): string[] {
  return Analyzer.create(CANARY_CHECKS)
    .analyze(clusterOf(stream(...documents), options))
    .findings.map(({ code, field, message }) => `${code} ${field}: ${message}`);
}

const ROUTE = weights(
  'reviews',
  ['reviews-stable', 'reviews-canary'],
  [90, 10],
);
const PODINFO = weights(
  'podinfo',
  ['podinfo-primary', 'podinfo-canary'],
  [100, 0],
);

const bySubsets = (name: string) =>
  rollout(PAUSED, {
    strategy: {
      canary: {
        ...CANARY,
        trafficRouting: {
          istio: {
            virtualService: { name: 'reviews' },
            destinationRule: {
              name,
              canarySubsetName: 'canary',
              stableSubsetName: 'stable',
            },
          },
        },
      },
    },
  });

const RULE = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, subsets: [{ name: stable }] }
`;

describe('checks of canaries', () => {
  it.each<[string, string[], string[]]>([
    ['a Rollout whose rule is there', [rollout(PAUSED), ROUTE], []],
    [
      'a Rollout without its VirtualService',
      [rollout(PAUSED)],
      [
        'MESH-0007 spec.strategy.canary.trafficRouting: There is no VirtualService shop/reviews: requests cannot be shared with the new version',
      ],
    ],
    [
      'a Rollout without its DestinationRule',
      [bySubsets('gone'), ROUTE],
      [
        'MESH-0007 spec.strategy.canary.trafficRouting.istio.destinationRule: There is no DestinationRule shop/gone, whose subsets the Rollout is to point at its versions',
      ],
    ],
    [
      'a Rollout without one of its subsets',
      [bySubsets('reviews'), ROUTE, RULE],
      [
        'MESH-0007 spec.strategy.canary.trafficRouting.istio.destinationRule: DestinationRule shop/reviews has no subset canary, which the Rollout is to point at one of its versions',
      ],
    ],
    [
      'a Canary whose rule is there',
      [flagger({ phase: 'Initialized' }), PODINFO],
      [],
    ],
    [
      'a Canary whose VirtualService is gone',
      [flagger({ phase: 'Initialized' })],
      [
        'MESH-0007 spec.provider: There is no VirtualService shop/podinfo: requests cannot be shared with the new version',
      ],
    ],
    ['a Canary that Flagger has not started', [flagger(undefined)], []],
    ['a Canary that is being set up', [flagger({ phase: 'Initializing' })], []],
    [
      'a Canary of the provider linkerd',
      [flagger({ phase: 'Progressing' }, { spec: { provider: 'linkerd' } })],
      [
        'MESH-0008 spec.provider: The provider linkerd writes the weights of a TrafficSplit, which no mesh reads: write provider: gatewayapi:v1',
      ],
    ],
    [
      'a Rollout with SMI',
      [
        rollout(PAUSED, {
          strategy: { canary: { trafficRouting: { smi: {} } } },
        }),
      ],
      [
        'MESH-0008 spec.strategy.canary.trafficRouting.smi: It writes its weights into a TrafficSplit, which no mesh reads: use trafficRouting.plugins with argoproj-labs/gatewayAPI, or trafficRouting.istio',
      ],
    ],
  ])('%s', (_, documents, expected) => {
    expect(findings(documents)).toEqual(expected);
  });

  it('says nothing of what may not be read', () => {
    const forbidden = [
      'networking.istio.io/VirtualService',
      'networking.istio.io/DestinationRule',
    ] as const;
    expect(findings([bySubsets('gone')], { forbidden })).toEqual([]);
  });

  it('does not expect in files what Flagger makes on a cluster', () => {
    expect(
      findings([flagger({ phase: 'Succeeded' })], { origin: 'files' }),
    ).toEqual([]);
  });
});
