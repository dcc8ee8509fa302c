import { AnyCheck, defineCheck, isReady } from 'backstage-plugin-mesh-common';

/** Checks that look at one kind each, so that tests can make findings about any object. */
export const fakeChecks: readonly AnyCheck[] = [
  defineCheck({
    code: 'FAKE1',
    level: 'warning',
    title: 'Pod not ready',
    explanation: 'For tests.',
    upstream: 'none',
    subject: 'Pod',
    needs: [],
    *run(pod) {
      if (!isReady(pod)) {
        yield { message: `${pod.metadata.name} is not ready` };
      }
    },
  }),
  defineCheck({
    code: 'FAKE2',
    level: 'error',
    title: 'Not strict',
    explanation: 'For tests.',
    upstream: 'none',
    subject: 'security.istio.io/PeerAuthentication',
    needs: ['Namespace'],
    *run({ metadata, spec }) {
      if (spec?.mtls?.mode !== 'STRICT') {
        yield {
          message: `${metadata.namespace}/${metadata.name} is not strict`,
          field: 'spec.mtls.mode',
        };
      }
    },
  }),
];
