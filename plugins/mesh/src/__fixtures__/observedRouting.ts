import { ObservedRoutingAnswer } from 'backstage-plugin-mesh-common';
import { productpage, reviewsV1, reviewsV2 } from './mtls';
import { reviewsService } from './routing';

/** Where requests went: attributed to one rule on east, not attributable on west. */
export const reviewsObservedRouting: ObservedRoutingAnswer = {
  entityRef: 'component:default/reviews',
  measuredAt: '2026-11-25T12:00:00Z',
  windowSeconds: 900,
  services: [
    {
      service: reviewsService,
      state: 'measured',
      hiddenCallers: 2,
      splits: [
        {
          requests: 1_000,
          backends: [
            { workload: reviewsV1, version: 'v1', requests: 780, percent: 78 },
            { workload: reviewsV2, version: 'v2', requests: 220, percent: 22 },
          ],
        },
        {
          caller: productpage,
          requests: 900,
          backends: [
            {
              workload: reviewsV1,
              version: 'v1',
              requests: 700,
              percent: 77.8,
            },
            {
              workload: reviewsV2,
              version: 'v2',
              requests: 200,
              percent: 22.2,
            },
          ],
        },
      ],
      attributed: [
        {
          port: 9080,
          rule: 1,
          requests: 1_000,
          backends: [
            { requests: 780, percent: 78 },
            { requests: 220, percent: 22 },
            { requests: 0, percent: 0 },
          ],
          difference:
            '22 % of 1000 requests went to v2, where 10 % are written; chance alone does not explain that',
        },
      ],
    },
    {
      service: { cluster: 'west', namespace: 'reviews', name: 'reviews' },
      state: 'measured',
      hiddenCallers: 0,
      splits: [
        {
          requests: 640,
          backends: [
            {
              workload: {
                cluster: 'west',
                namespace: 'reviews',
                kind: 'Deployment',
                name: 'reviews',
              },
              requests: 640,
              percent: 100,
            },
          ],
        },
      ],
      attributed: [],
      notAttributed:
        'The metric does not name the route, and several rules lead to the same workloads',
    },
  ],
};

export const unmeasuredRouting: ObservedRoutingAnswer = {
  ...reviewsObservedRouting,
  services: reviewsObservedRouting.services.map(({ service }, index) => ({
    service,
    ...(index === 0
      ? {
          state: 'unknown' as const,
          cause: 'unreachable' as const,
          message:
            'The Prometheus main answered 500 Internal Server Error to a query',
        }
      : { state: 'no-traffic' as const }),
    hiddenCallers: 0,
    splits: [],
    attributed: [],
  })),
};
