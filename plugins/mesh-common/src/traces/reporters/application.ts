import { byName, firstOf, SpanReporter } from './reporter';

/**
 * Everything that is no proxy: SDKs in the applications. Their service is called as somebody configured it, mostly like
 * a label of the pod or like its controller; where they run is said by the semantic conventions for Kubernetes.
 */
export const application: SpanReporter = {
  role: 'application',

  recognises: () => true,

  searches({ ref: { namespace, name }, labels }) {
    const names = [
      labels['app.kubernetes.io/instance'],
      labels['app.kubernetes.io/name'],
      labels.app,
      name,
    ].filter((text): text is string => Boolean(text));
    return byName(names.flatMap(one => [one, `${one}.${namespace}`]));
  },

  placeOf(span) {
    const namespace = firstOf(span, 'k8s.namespace.name');
    const workload = firstOf(
      span,
      'k8s.deployment.name',
      'k8s.statefulset.name',
      'k8s.daemonset.name',
    );
    const pod = firstOf(span, 'k8s.pod.name');
    return namespace === undefined
      ? undefined
      : {
          namespace,
          ...(workload !== undefined && { workload }),
          ...(pod !== undefined && { pod }),
        };
  },
};
