import { defineCheck } from '../check';
import { refOf } from '../naming';

/** A Sidecar refuses calls to hosts that the mesh does not know, said or by leaving the mode out. */
export const sidecarRefusesUnknown = defineCheck({
  code: 'KIA1007',
  level: 'info',
  title: 'Sidecar refuses unknown hosts',
  explanation:
    'outboundTrafficPolicy of a Sidecar takes the place of the mesh’s. Its mode is REGISTRY_ONLY where it is left out, and Istio cannot tell the one from the other: calls to hosts that no Service or ServiceEntry has are refused.',
  upstream: 'sidecars.OutboundTrafficPolicyModeChecker, SidecarChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/Sidecar',
  needs: [],
  *run(sidecar) {
    const policy = sidecar.spec?.outboundTrafficPolicy;
    if (policy && (policy.mode ?? 'REGISTRY_ONLY') === 'REGISTRY_ONLY') {
      yield {
        message: `${refOf(
          sidecar,
        )} lets its workloads reach hosts that the mesh knows alone${
          policy.mode
            ? ''
            : ', since outboundTrafficPolicy without a mode is REGISTRY_ONLY: write the mode that you want'
        }`,
        field: 'spec.outboundTrafficPolicy',
      };
    }
  },
});
