import {
  CHECKLIST,
  ChecklistItemResult,
  ChecklistRecord,
  countStates,
  decideChecklist,
  FleetReadinessAnswer,
  Measured,
  ReadinessAnswer,
  sumCounts,
} from 'backstage-plugin-mesh-common';
import { emptyMtls, reviewsMtls } from './mtls';

export const ATTESTED: ChecklistRecord = {
  id: '6f1de0a2-0000-4000-8000-000000000001',
  item: 'testing.performance-test',
  kind: 'attestation',
  reason: 'Load test of May <b>with proxies</b>',
  link: 'https://wiki.example.com/load-test',
  expires: '2099-01-01',
  createdAt: '2026-05-01T10:00:00.000Z',
  createdBy: 'user:default/jo',
};

export const WAIVED: ChecklistRecord = {
  ...ATTESTED,
  id: '6f1de0a2-0000-4000-8000-000000000002',
  item: 'security-setup.configure-network-policies',
  kind: 'waiver',
  reason: 'The network plugin comes in June',
  link: undefined,
};

export const EXPIRED: ChecklistRecord = {
  ...WAIVED,
  id: '6f1de0a2-0000-4000-8000-000000000003',
  item: 'high-availability.set-up-pod-disruption-budgets',
  expires: '2026-02-01',
};

export const REVOKED: ChecklistRecord = {
  ...ATTESTED,
  id: '6f1de0a2-0000-4000-8000-000000000004',
  item: 'documentation.create-runbooks',
  revoked: {
    at: '2026-05-03T10:00:00.000Z',
    by: 'user:default/kim',
    reason: 'The page is gone',
  },
};

const HISTORY = [REVOKED, ATTESTED, WAIVED, EXPIRED];

const DEPLOYMENT = {
  cluster: 'east',
  kind: 'apps/Deployment',
  namespace: 'shop',
  name: 'reviews-v2',
};

function found(state: Measured['state'], evidence: string): Measured {
  return {
    state,
    evidence,
    reasons: [{ rule: 'checklist/test', text: evidence, object: DEPLOYMENT }],
  };
}

const MEASURED = new Map<string, Measured>(
  CHECKLIST.flatMap(({ items }) => items).flatMap(({ id, measurement }) =>
    measurement ? [[id, found('pass', 'It was found')]] : [],
  ),
);
MEASURED.set(
  'high-availability.set-up-pod-disruption-budgets',
  found('fail', 'no PodDisruptionBudget selects the pods of reviews-v2 (east)'),
);
MEASURED.set(
  'security-setup.configure-network-policies',
  found('fail', 'no NetworkPolicy selects the pods of reviews-v2 (east)'),
);
MEASURED.set('security-setup.enable-mtls-for-all-services', {
  ...found('unknown', 'what decides could not be read'),
  cause: 'forbidden',
});
MEASURED.set('performance-tuning.configure-connection-pooling', {
  ...found('not-applicable', 'Linkerd has no limits of connections to set'),
});

function answer(
  measured: ReadonlyMap<string, Measured>,
  records: ChecklistRecord[],
  rest: Pick<ReadinessAnswer, 'clusters'>,
): ReadinessAnswer {
  // As JSON has it: without members that are undefined.
  return JSON.parse(
    JSON.stringify({
      entityRef: 'component:default/reviews',
      ...rest,
      sections: decideChecklist(measured, records, new Date('2026-06-01')),
      counts: sumCounts(
        decideChecklist(measured, records, new Date('2026-06-01')).map(
          ({ counts }) => counts,
        ),
      ),
      history: records,
      may: { attest: true, waive: true },
    }),
  );
}

export const reviewsReadiness = answer(MEASURED, HISTORY, {
  clusters: reviewsMtls.clusters,
});

/** A page of few sections: those that look at all that is on it take as long as there is much. */
export function short(full: ReadinessAnswer): ReadinessAnswer {
  return {
    ...full,
    sections: full.sections.filter(({ id }) =>
      ['high-availability', 'security-setup', 'documentation'].includes(id),
    ),
  };
}

/** Nobody has said anything, and nothing runs. */
export const emptyReadiness = answer(
  new Map(
    [...MEASURED.keys()].map(id => [
      id,
      {
        state: 'unknown',
        cause: 'not-assessed',
        evidence: 'No workload was found',
        reasons: [],
      },
    ]),
  ),
  [],
  { clusters: emptyMtls.clusters },
);

/** The same for who may say nothing. */
export const readOnlyReadiness: ReadinessAnswer = {
  ...reviewsReadiness,
  may: { attest: false, waive: false },
};

const sections = reviewsReadiness.sections.map(({ counts }) => counts);

const NOTHING: ChecklistItemResult['state'][] = Array(5).fill('unknown');

export const fleetReadiness: FleetReadinessAnswer = {
  clusters: reviewsMtls.clusters,
  sections: CHECKLIST.map(({ id, title }) => ({ id, title })),
  entities: [
    {
      entityRef: 'component:default/reviews',
      owner: 'group:default/shop',
      counts: reviewsReadiness.counts,
      sections,
    },
    {
      entityRef: 'component:default/voting',
      title: 'Voting',
      owner: 'group:default/poll',
      system: 'system:default/emojipoll',
      counts: emptyReadiness.counts,
      sections: CHECKLIST.map(() =>
        countStates(NOTHING.map(state => ({ state }))),
      ),
    },
  ],
};
