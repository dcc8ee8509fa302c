import { parse } from 'yaml';
import { validate } from '../validate';

/** Group and version of each kind. */
const VERSIONS: Readonly<Record<string, string>> = {
  PeerAuthentication: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
  Telemetry: 'telemetry.istio.io/v1',
  WasmPlugin: 'extensions.istio.io/v1alpha1',
  TrafficExtension: 'extensions.istio.io/v1alpha1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  ProxyConfig: 'networking.istio.io/v1beta1',
};

/** What istiod's rules alone say of an object with this spec, as `field: message`; warnings with `warning` before. */
export function said(kind: string, spec: string): string[] {
  return validate({
    apiVersion: VERSIONS[kind] ?? 'networking.istio.io/v1',
    kind,
    metadata: { name: 'x', namespace: 'default' },
    spec: parse(spec),
  }).map(
    ({ field, message, level }) =>
      `${level === 'warning' ? 'warning ' : ''}${field}: ${message}`,
  );
}
