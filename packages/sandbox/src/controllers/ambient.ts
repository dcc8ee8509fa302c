import { pods } from '../world/coreKinds';
import { isAmbientEligible } from './injection/istio';
import type { Controller } from './manager';

export const REDIRECTION = 'ambient.istio.io/redirection';

/**
 * istio-cni enrols the eligible pods of running nodes too, and takes them out again; the annotation says what is
 * in force.
 */
export const ambientController: Controller = {
  name: 'istio-cni',
  reconcile({ store }) {
    for (const { object } of pods.list(store)) {
      const { [REDIRECTION]: state, ...others } =
        object.metadata.annotations ?? {};
      const eligible = isAmbientEligible(store, object);
      if (eligible === (state === 'enabled')) {
        continue;
      }
      store.update({
        ...object,
        metadata: {
          ...object.metadata,
          annotations: {
            ...others,
            ...(eligible && { [REDIRECTION]: 'enabled' }),
          },
        },
      });
    }
  },
};
