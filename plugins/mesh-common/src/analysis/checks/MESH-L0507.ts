import { parseGoBool } from '../../kubernetes/goBool';
import { Namespace, Pod, WorkloadController } from '../../kubernetes/core';
import { isDefaultPolicy } from '../../linkerd/defaultPolicy';
import { goDurationComplaint } from '../../linkerd/durations';
import { INJECT_ANNOTATION } from '../../linkerd/injectionDecision';
import { parsePortList } from '../../linkerd/ports';
import { CheckFinding } from '../check';
import { refOf } from '../naming';
import { podSettingChecks } from '../podSettingChecks';

/** What is wrong with a value, and what comes of it; undefined for one that is taken. */
type Complaint = (value: string) => string | undefined;

const oneOf =
  (values: readonly string[], otherwise: string): Complaint =>
  value =>
    value === '' || values.includes(value)
      ? undefined
      : `it is none of ${values.join(', ')}, and ${otherwise}`;

const IGNORED = 'what the control plane says counts instead';

const truth: Complaint = value =>
  parseGoBool(value) === undefined
    ? `it is neither true nor false, and ${IGNORED}`
    : undefined;

const goDuration: Complaint = value => {
  const wrong = goDurationComplaint(value);
  return wrong && `${wrong}; ${IGNORED}`;
};

/** The injector knows names of ports, too; the policy controller, which tells proxies of their ports, does not. */
const ports: Complaint = value => {
  const { invalid } = parsePortList(value);
  return (
    invalid &&
    `${invalid} is neither a port nor a range, and the policy controller takes none of the list`
  );
};

/** A quantity of Kubernetes. */
const QUANTITY =
  /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

const quantity: Complaint = value =>
  QUANTITY.test(value)
    ? undefined
    : `it is no quantity such as 100m or 64Mi, and ${IGNORED}`;

const CONFIG = 'config.linkerd.io/';

const COMPLAINTS: ReadonlyMap<string, Complaint> = new Map([
  [
    INJECT_ANNOTATION,
    oneOf(['enabled', 'ingress', 'disabled'], 'no pod gets a proxy by it'),
  ],
  [
    `${CONFIG}default-inbound-policy`,
    value =>
      isDefaultPolicy(value)
        ? undefined
        : `it is none of all-unauthenticated, all-authenticated, cluster-unauthenticated, cluster-authenticated, deny, audit, and ${IGNORED}`,
  ],
  [`${CONFIG}proxy-await`, oneOf(['enabled', 'disabled'], IGNORED)],
  ...['opaque-ports', 'proxy-require-identity-inbound-ports'].map(
    (name): [string, Complaint] => [`${CONFIG}${name}`, ports],
  ),
  ...[
    'proxy-enable-native-sidecar',
    'enable-debug-sidecar',
    'enable-external-profiles',
    'proxy-disable-inbound-protocol-detect-timeout',
    'proxy-disable-outbound-protocol-detect-timeout',
  ].map((name): [string, Complaint] => [`${CONFIG}${name}`, truth]),
  ...['cpu', 'memory', 'ephemeral-storage']
    .flatMap(of => [`proxy-${of}-request`, `proxy-${of}-limit`])
    .map((name): [string, Complaint] => [`${CONFIG}${name}`, quantity]),
  ...[
    'proxy-inbound-connect-timeout',
    'proxy-outbound-connect-timeout',
    'proxy-inbound-discovery-cache-unused-timeout',
    'proxy-outbound-discovery-cache-unused-timeout',
  ].map((name): [string, Complaint] => [`${CONFIG}${name}`, goDuration]),
]);

const COMMON = {
  code: 'MESH-L0507',
  level: 'error',
  title: 'An annotation has a value that Linkerd does not take',
  explanation:
    'Nothing checks the annotations of namespaces and pods when they are written. Linkerd ignores a value that it does not know, and says so in a log at most: a pod is then without a proxy, or more open than its annotation seems to say.',
  upstream:
    'pkg/inject/inject.go, pkg/inject/report.go; policy-controller/k8s/index/src/{ports,inbound/pod}.rs (linkerd2)',
  mesh: 'linkerd',
  needs: [],
} as const;

function* findingsOf(
  of: string,
  annotations: Readonly<Record<string, string>>,
  path: string,
): Iterable<CheckFinding> {
  for (const [name, value] of Object.entries(annotations)) {
    const complaint = COMPLAINTS.get(name)?.(value);
    if (complaint) {
      yield {
        message: `${name} of ${of} is ${value}: ${complaint}`,
        field: `${path}.${name}`,
      };
    }
  }
}

const own = (object: Namespace | Pod) =>
  findingsOf(
    refOf(object),
    object.metadata.annotations,
    'metadata.annotations',
  );

const ofController = (controller: WorkloadController) =>
  findingsOf(
    `the pod template of ${refOf(controller)}`,
    controller.spec.template.metadata.annotations,
    'spec.template.metadata.annotations',
  );

export const annotationValueUnknown = podSettingChecks(
  COMMON,
  own,
  ofController,
);
