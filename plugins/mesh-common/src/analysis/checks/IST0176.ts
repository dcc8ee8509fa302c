import { defineCheck } from '../check';
import { isMeshOlderThan } from '../istioVersion';
import { refOf } from '../naming';

const VERSION = 'gateway.networking.k8s.io/bundle-version';

/** Upstream: pkg/config/schema/gatewayapi/minimumversions.go. */
const MINIMUM: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['grpcroutes.gateway.networking.k8s.io', [1, 1]],
  ['backendtlspolicies.gateway.networking.k8s.io', [1, 4]],
  ['tlsroutes.gateway.networking.k8s.io', [1, 5]],
  ['tcproutes.gateway.networking.k8s.io', [1, 6]],
]);

/** A kind of the Gateway API is installed in an older version than Istio reads. */
export const gatewayApiTooOld = defineCheck({
  code: 'IST0176',
  level: 'warning',
  title: 'Gateway API is older than Istio reads it',
  explanation:
    'Istio reads this kind of the Gateway API from a newer version on. With the installed one it leaves the kind out: its objects have no effect. Install the newer definitions.',
  upstream: 'k8sgateway.CRDVersionAnalyzer (istioctl, from 1.31)',
  mesh: 'istio',
  subject: 'apiextensions.k8s.io/CustomResourceDefinition',
  needs: [],
  *run(definition, snapshot) {
    const { name, annotations } = definition.metadata;
    const minimum = MINIMUM.get(name);
    const written = annotations[VERSION] ?? '';
    const version = /^v?(\d+)(?:\.(\d+)(?:\.\d+)?)?(?:[-+].*)?$/.exec(written);
    if (!minimum || !version || isMeshOlderThan(snapshot, 31)) {
      return;
    }
    const [major, minor] = [Number(version[1]), Number(version[2] ?? 0)];
    if (major < minimum[0] || (major === minimum[0] && minor < minimum[1])) {
      yield {
        message: `${refOf(
          definition,
        )} is of version ${written} of the Gateway API, and Istio reads it from v${minimum.join(
          '.',
        )}.0 on: install the newer definitions`,
        field: `metadata.annotations.${VERSION}`,
      };
    }
  },
});
