import { IstioOperator } from '../../istio/objects';
import { CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';

/** Profiles of Istio (manifests/profiles). */
const PROFILES: readonly string[] = [
  'default',
  'demo',
  'minimal',
  'empty',
  'preview',
  'stable',
  'remote',
  'ambient',
  'openshift',
  'openshift-ambient',
];

/** Values that older charts had, and what is written today. */
const REMOVED: readonly [string, string][] = [
  [
    'global.mtls',
    'Write a PeerAuthentication with mtls: { mode: STRICT } in the root namespace; meshConfig.enableAutoMtls is on by default',
  ],
  [
    'tracing',
    'Write meshConfig.extensionProviders: [{ name: jaeger, opentelemetry: { service: jaeger-collector.istio-system.svc.cluster.local, port: 4317 } }], and a Telemetry with tracing: [{ providers: [{ name: jaeger }], randomSamplingPercentage: 10 }]',
  ],
];

/** An IstioOperator asks for a profile or for values that Istio does not have: istioctl refuses it, Helm ignores them. */
export const removedSettings = defineCheck({
  code: 'MESH-0005',
  level: 'error',
  title: 'Installation setting that Istio does not have',
  explanation:
    'istioctl install refuses values and profiles that it does not know; Helm leaves such values out without a word. The settings of older releases are written in other ways today.',
  upstream: 'istio/istio operator/pkg/apis/validation (unknown field)',
  mesh: 'istio',
  subject: 'install.istio.io/IstioOperator',
  needs: [],
  *run(operator) {
    yield* unknownProfile(operator);
    for (const [path, right] of REMOVED) {
      if (hasValue(operator.spec?.values, path.split('.'))) {
        yield {
          message: `${refOf(
            operator,
          )} sets values.${path}, which Istio does not have. ${right}`,
          field: `spec.values.${path}`,
        };
      }
    }
  },
});

function* unknownProfile(operator: IstioOperator): Iterable<CheckFinding> {
  const profile = operator.spec?.profile;
  if (profile && !/[/.]/.test(profile) && !PROFILES.includes(profile)) {
    yield {
      message: `${refOf(
        operator,
      )} names the profile ${profile}, which Istio does not have: it has ${PROFILES.join(
        ', ',
      )}`,
      field: 'spec.profile',
    };
  }
}

function hasValue(
  values: unknown,
  [step, ...rest]: readonly string[],
): boolean {
  if (step === undefined) {
    return values !== undefined;
  }
  return (
    typeof values === 'object' &&
    values !== null &&
    Object.hasOwn(values, step) &&
    hasValue(Object.entries(values).find(([name]) => name === step)?.[1], rest)
  );
}
