import { ObservedMtlsAnswer } from 'backstage-plugin-mesh-common';
import {
  importer,
  outsideMtls,
  productpage,
  reviewsMtls,
  reviewsV1,
  reviewsV2,
  reviewsWest,
} from './mtls';

/** What was seen of the three workloads: by workload on east (Istio), by port on west (Linkerd). */
export const reviewsObserved: ObservedMtlsAnswer = {
  entityRef: 'component:default/reviews',
  measuredAt: '2026-11-25T12:00:00Z',
  windowSeconds: 900,
  verdict: reviewsMtls.verdict,
  workloads: [
    {
      workload: reviewsV1,
      level: 'workload',
      total: { state: 'no-traffic' },
      ports: [],
      callers: [],
      hiddenCallers: 0,
      verdict: reviewsMtls.workloads[0].verdict,
    },
    {
      workload: reviewsV2,
      level: 'workload',
      total: {
        state: 'measured',
        traffic: {
          unit: 'requests',
          mtls: 28_800,
          plaintext: 1_200,
          unknown: 0,
        },
      },
      ports: [],
      callers: [
        {
          identity: 'cluster.local/ns/shop/sa/productpage',
          workload: productpage,
          entityRef: 'component:default/productpage',
          traffic: { unit: 'requests', mtls: 28_800, plaintext: 0, unknown: 0 },
        },
        {
          workload: importer,
          entityRef: 'component:default/importer',
          traffic: { unit: 'requests', mtls: 0, plaintext: 1_000, unknown: 0 },
        },
        {
          workload: { ...importer, name: 'cron', kind: 'CronJob' },
          traffic: { unit: 'requests', mtls: 0, plaintext: 150, unknown: 0 },
          sends: {
            value: 'plaintext',
            reasons: [
              {
                rule: 'istio/injection',
                text: 'CronJob legacy/cron has no proxy',
              },
            ],
          },
        },
      ],
      hiddenCallers: 1,
      verdict: {
        value: 'in-part',
        reasons: [
          {
            rule: 'mesh/verdict/plaintext-seen',
            text: '1200 requests came in plaintext',
          },
        ],
      },
    },
    {
      workload: reviewsWest,
      level: 'port',
      total: {
        state: 'measured',
        traffic: { unit: 'requests', mtls: 640, plaintext: 0, unknown: 0 },
      },
      ports: [
        {
          port: 8080,
          observation: {
            state: 'measured',
            traffic: { unit: 'requests', mtls: 640, plaintext: 0, unknown: 0 },
          },
        },
      ],
      callers: [
        {
          identity:
            'web.emojipoll.serviceaccount.identity.linkerd.cluster.local',
          port: 8080,
          traffic: { unit: 'requests', mtls: 640, plaintext: 0, unknown: 0 },
        },
      ],
      hiddenCallers: 0,
      verdict: reviewsMtls.workloads[2].verdict,
    },
  ],
};

/** The workload outside the mesh: nobody measures its traffic. */
export const outsideObserved: ObservedMtlsAnswer = {
  ...reviewsObserved,
  verdict: outsideMtls.verdict,
  workloads: [
    {
      workload: importer,
      level: 'workload',
      total: {
        state: 'unknown',
        cause: 'not-measured',
        message: 'Only proxies measure, and the workload has none',
      },
      ports: [],
      callers: [],
      hiddenCallers: 0,
      verdict: outsideMtls.verdict,
    },
  ],
};

/** No store of metrics is configured. */
export const unmeasured: ObservedMtlsAnswer = {
  ...reviewsObserved,
  workloads: reviewsObserved.workloads.map(workload => ({
    ...workload,
    level: 'workload',
    total: {
      state: 'unknown',
      cause: 'not-measured',
      message: `No Prometheus is configured for the cluster ${workload.workload.cluster}; add one to mesh.prometheus`,
    },
    ports: [],
    callers: [],
    hiddenCallers: 0,
  })),
};
