import {
  CallDecision,
  CallersAnswer,
  CallRule,
  Reason,
  WorkloadCallers,
} from 'backstage-plugin-mesh-common';
import { importer, productpage, reviewsV1, reviewsV2 } from './mtls';
import { east, strictReason, west } from './reasons';

const policy = (name: string, rule: number, text: string): Reason => ({
  rule: 'istio/authorization-policy',
  text,
  object: {
    cluster: 'east',
    kind: 'security.istio.io/AuthorizationPolicy',
    namespace: 'shop',
    name,
  },
  field: `spec.rules[${rule}]`,
});

const allowsReading = policy(
  'reviews-callers',
  0,
  'AuthorizationPolicy shop/reviews-callers rule 1 allows on conditions',
);
const noneMatches = {
  ...policy(
    'reviews-callers',
    0,
    'AuthorizationPolicy shop/reviews-callers has no rule that matches, and a call that no ALLOW policy matches is denied',
  ),
  field: 'spec.rules',
};

const reading: CallDecision = {
  value: 'depends',
  reasons: [allowsReading],
  allowedWhen: [
    [
      { subject: 'method', operator: 'in', values: ['GET', 'POST'] },
      { subject: 'path', operator: 'in', values: ['/reviews/*'] },
    ],
  ],
  deniedWhen: [],
};
const noRule: CallDecision = {
  value: 'denied',
  reasons: [noneMatches],
  allowedWhen: [],
  deniedWhen: [],
};
const reset: CallDecision = { ...noRule, reasons: [strictReason] };
const nobody: CallDecision = {
  value: 'unknown',
  reasons: [
    {
      rule: 'mesh/who-may-call/no-workload',
      text: 'Nothing of component:default/app was found on east, so that it is not known under which identity it calls',
    },
  ],
  allowedWhen: [],
  deniedWhen: [],
};

const rules: CallRule[] = [
  {
    effect: 'deny',
    term: 'DENY',
    state: 'dry-run',
    from: [[]],
    requests: [[{ subject: 'path', operator: 'in', values: ['/admin'] }]],
    reason: policy(
      'no-admin',
      0,
      'AuthorizationPolicy shop/no-admin rule 1 has the action DENY',
    ),
  },
  {
    effect: 'allow',
    term: 'ALLOW',
    state: 'enforced',
    from: [
      [
        {
          subject: 'identity',
          operator: 'in',
          values: ['cluster.local/ns/shop/sa/productpage'],
          hidden: 1,
        },
      ],
    ],
    requests: reading.allowedWhen,
    reason: allowsReading,
  },
];

const at = (decision: CallDecision, ...ports: number[]) =>
  ports.map(port => ({ port, decision }));

function callersOf(
  workload: WorkloadCallers['workload'],
  ports: number[],
): WorkloadCallers {
  return {
    workload,
    mesh: 'istio',
    ports: ports.map(port => ({ port, protocol: 'http', rules })),
    callers: [
      {
        sources: ['declared', 'allowed'],
        identity: 'cluster.local/ns/shop/sa/productpage',
        workload: productpage,
        entityRef: 'component:default/productpage',
        presence: 'running',
        ports: at(reading, ...ports),
      },
      {
        sources: ['declared'],
        workload: importer,
        entityRef: 'component:default/importer',
        presence: 'running',
        ports: at(reset, ...ports),
      },
      {
        sources: ['declared'],
        entityRef: 'component:default/app',
        presence: 'no-workload',
        ports: at(nobody, ...ports),
      },
      {
        sources: ['class'],
        class: 'same-namespace',
        presence: 'running',
        ports: at(noRule, ...ports),
      },
      {
        sources: ['class'],
        class: 'elsewhere-in-mesh',
        presence: 'running',
        ports: at(noRule, ...ports),
      },
      {
        sources: ['class'],
        class: 'outside-mesh',
        presence: 'running',
        ports: at(reset, ...ports),
      },
    ],
    hiddenCallers: 0,
  };
}

/** Who may call two workloads that the same rules are about. */
export const reviewsCallers: CallersAnswer = {
  entityRef: 'component:default/reviews',
  clusters: [east, west],
  workloads: [
    callersOf(reviewsV1, [9080]),
    { ...callersOf(reviewsV2, [8080, 9080]), hiddenCallers: 1 },
  ],
};

/** No policy is about them. */
export const openCallers: CallersAnswer = {
  ...reviewsCallers,
  workloads: [
    {
      ...reviewsCallers.workloads[0],
      ports: [{ port: 9080, protocol: 'http', rules: [] }],
      callers: [],
    },
  ],
};

export const emptyCallers: CallersAnswer = { ...reviewsCallers, workloads: [] };
