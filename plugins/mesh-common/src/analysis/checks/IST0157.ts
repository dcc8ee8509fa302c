import { meshConfig } from '../../istio/meshConfig';
import { defineCheck } from '../check';
import { refOf } from '../naming';

/** A Telemetry turns access logs on without saying where they go, and the mesh does not say it either. */
export const telemetryWithoutProvider = defineCheck({
  code: 'IST0157',
  level: 'warning',
  title: 'Access log without a provider',
  explanation:
    'The Telemetry names no provider for its access log, and the mesh has none by default (defaultProviders.accessLogging), so that nothing is logged.',
  upstream: 'telemetry.ProviderAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'telemetry.istio.io/Telemetry',
  needs: ['ConfigMap'],
  *run(telemetry, snapshot) {
    const mesh = meshConfig(snapshot);
    if (
      mesh.state === 'unknown' ||
      mesh.config.defaultProviders.accessLogging.length > 0
    ) {
      return;
    }
    const logs = telemetry.spec?.accessLogging ?? [];
    for (const [index, { disabled, providers = [] }] of logs.entries()) {
      if (!disabled && providers.length === 0) {
        yield {
          message: `${refOf(
            telemetry,
          )} has an access log without a provider, and the mesh has no default one: name one, such as envoy`,
          field: `spec.accessLogging[${index}].providers`,
        };
      }
    }
  },
});
