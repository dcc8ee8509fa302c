import { meshConfig } from '../../../istio/meshConfig';
import { defineCheck } from '../../check';
import { refOf } from '../../naming';
import { DEPRECATED } from './deprecated';

/** A Telemetry sends traces to a provider of the kind Lightstep. */
export const lightstepProvider = defineCheck({
  ...DEPRECATED,
  upstream: 'telemetry.LightstepAnalyzer (istioctl)',
  subject: 'telemetry.istio.io/Telemetry',
  *run(telemetry, snapshot) {
    const mesh = meshConfig(snapshot);
    if (mesh.state === 'unknown') {
      return;
    }
    const lightstep = new Set(
      mesh.config.extensionProviders
        .filter(provider => provider.lightstep !== undefined)
        .map(({ name }) => name),
    );
    const tracing = telemetry.spec?.tracing ?? [];
    for (const [index, { providers = [] }] of tracing.entries()) {
      for (const [at, { name }] of providers.entries()) {
        if (name && lightstep.has(name)) {
          yield {
            message: `${refOf(
              telemetry,
            )} sends traces to ${name}, a Lightstep provider, which is deprecated: make it an opentelemetry provider`,
            field: `spec.tracing[${index}].providers[${at}]`,
          };
        }
      }
    }
  },
});
