import { defineKind } from '../kubernetes/defineKind';
import { flaggerCanarySchema, rolloutSchema } from './schemas';

/** What is read of the kinds of those who deliver step by step. */
export const CANARY_KINDS = {
  /** Only what rules read, since its template holds the environment of the containers. */
  'argoproj.io/Rollout': defineKind({
    group: 'argoproj.io',
    versions: ['v1alpha1'],
    namespaced: true,
    keep: 'read-fields',
    kind: 'Rollout',
    plural: 'rollouts',
    schema: rolloutSchema,
  }),
  /** Only what rules read, since its webhooks may hold what is not ours to show. */
  'flagger.app/Canary': defineKind({
    group: 'flagger.app',
    versions: ['v1beta1'],
    namespaced: true,
    keep: 'read-fields',
    kind: 'Canary',
    plural: 'canaries',
    schema: flaggerCanarySchema,
  }),
};
