import { PodSpec } from '../../kubernetes/core';
import { KubernetesObject } from '../../kubernetes/objects';
import { CheckFinding, defineCheck } from '../check';
import { isOfControlPlane } from '../controlPlane';
import { refOf } from '../naming';

/** The user that the proxy runs as, whose traffic is not redirected to the proxy again. */
const PROXY_UID = 1337;

const NOT_APPLICATIONS: ReadonlySet<string> = new Set([
  'istio-proxy',
  'istio-operator',
]);

const COMMON = {
  code: 'IST0144',
  level: 'warning',
  title: 'Application runs as the user of the proxy',
  explanation:
    'Traffic of the user 1337 counts as that of the proxy itself and is not redirected to it: what this application sends leaves the pod without mutual TLS, policies and telemetry. Run it as another user.',
  upstream: 'applicationUID.Analyzer (istioctl)',
  mesh: 'istio',
  needs: [],
} as const;

/** A pod, or one of its containers but the proxy, runs as the proxy's user; one finding for all of them. */
function* asProxy(
  object: KubernetesObject,
  { securityContext, containers }: PodSpec,
  path: string,
): Iterable<CheckFinding> {
  if (isOfControlPlane(object)) {
    return;
  }
  const found = containers.flatMap((container, index) =>
    container.securityContext?.runAsUser === PROXY_UID &&
    !NOT_APPLICATIONS.has(container.name)
      ? [{ name: container.name, field: `${path}.containers[${index}]` }]
      : [],
  );
  const pod = securityContext?.runAsUser === PROXY_UID;
  if (pod || found.length > 0) {
    yield {
      message: `${refOf(object)} runs ${
        pod
          ? 'its containers'
          : `the containers ${found.map(({ name }) => name).join(', ')}`
      } as the user ${PROXY_UID}, which is the proxy's: set another runAsUser`,
      field: `${pod ? path : found[0].field}.securityContext.runAsUser`,
    };
  }
}

export const applicationAsProxy = [
  defineCheck({
    ...COMMON,
    subject: 'Pod',
    run: pod => asProxy(pod, pod.spec, 'spec'),
  }),
  defineCheck({
    ...COMMON,
    subject: 'apps/Deployment',
    run: deployment =>
      asProxy(deployment, deployment.spec.template.spec, 'spec.template.spec'),
  }),
];
