import { stringify } from 'yaml';
import { TrafficSplit } from '../../linkerd/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';

/** A TrafficSplit, which Linkerd has not read since 2.12. */
export const trafficSplit = defineCheck({
  code: 'MESH-L0308',
  level: 'error',
  title: 'TrafficSplit, which no mesh reads any more',
  explanation:
    'The Service Mesh Interface is archived, and Linkerd reads TrafficSplits no longer: all traffic goes where the Service leads. Weights are written in an HTTPRoute of the Gateway API whose parent is the Service; Istio reads the same HTTPRoute.',
  upstream: 'linkerd2 4170b49b3 (remove TrafficSplit)',
  subject: 'split.smi-spec.io/TrafficSplit',
  needs: [],
  *run(split) {
    yield {
      message: `${refOf(
        split,
      )} has no effect: SMI is archived, and no mesh reads it. Write an HTTPRoute (gateway.networking.k8s.io/v1) with spec: ${routeSpec(
        split,
      )}`,
      field: 'apiVersion',
    };
  },
});

/** The same split as an HTTPRoute has it, on one line. */
function routeSpec({ spec }: TrafficSplit): string {
  const backends = (spec?.backends ?? []).map(({ service, weight }) => ({
    name: service ?? 'SERVICE',
    port: 'PORT',
    ...(weight !== undefined && { weight }),
  }));
  return stringify(
    {
      parentRefs: [
        {
          group: '',
          kind: 'Service',
          name: spec?.service ?? 'SERVICE',
          port: 'PORT',
        },
      ],
      rules: [{ backendRefs: backends }],
    },
    { collectionStyle: 'flow', lineWidth: 0 },
  ).trim();
}
