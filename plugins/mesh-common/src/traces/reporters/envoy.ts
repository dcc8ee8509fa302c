import { attributeOf, byName, SpanReporter } from './reporter';

/** `sidecar~10.0.0.1~pod.namespace~domain`. */
const NODE_ID = /^[a-z-]+~[^~]*~([^~]+)\.([^.~]+)~/;

/**
 * Istio's Envoys: sidecars, gateways and waypoints. They report as `app.namespace`, by ProxyConfig
 * `tracingServiceName` else as the canonical name with or without the namespace. Upstream: `getServiceCluster` in
 * pkg/bootstrap/config.go; the tags `istio.*` in pilot/pkg/networking/core/tracing.go; Envoy's HttpTracerUtility.
 */
export const envoy: SpanReporter = {
  role: 'proxy',

  recognises: span =>
    span.attributes.component === 'proxy' ||
    span.process.attributes['telemetry.sdk.name'] === 'envoy' ||
    NODE_ID.test(attributeOf(span, 'node_id') ?? ''),

  searches({ ref: { namespace, name }, labels }) {
    const canonical = labels['service.istio.io/canonical-name'];
    const app = labels.app ?? labels['app.kubernetes.io/name'];
    return byName([
      `${app ?? name}.${namespace}`,
      ...(canonical ? [`${canonical}.${namespace}`, canonical] : []),
      `${name}.${namespace}`,
    ]);
  },

  placeOf(span) {
    const [, pod, namespace] =
      NODE_ID.exec(attributeOf(span, 'node_id') ?? '') ?? [];
    if (pod && namespace) {
      return { namespace, pod };
    }
    const written = attributeOf(span, 'istio.namespace');
    return written === undefined ? undefined : { namespace: written };
  },
};
