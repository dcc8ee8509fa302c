import {
  Namespace,
  Pod,
  Service,
  WorkloadController,
} from '../../kubernetes/core';
import { meantSetting } from '../../linkerd/settingNames';
import { CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';
import { podSettingChecks } from '../podSettingChecks';

/** Annotations that Linkerd never had, or that have another prefix, and the right ones. */
const RIGHT_FORMS: ReadonlyMap<string, string> = new Map([
  [
    'config.linkerd.io/proxy-mode',
    'write linkerd.io/inject: disabled (or enabled, or ingress) on the Namespace or the pod template; for single ports there are config.linkerd.io/skip-inbound-ports, skip-outbound-ports and opaque-ports',
  ],
  ['config.linkerd.io/inject', 'write linkerd.io/inject'],
  ...[
    'skip-inbound-ports',
    'skip-outbound-ports',
    'skip-subnets',
    'opaque-ports',
    'default-inbound-policy',
    'proxy-await',
    'proxy-log-level',
    'proxy-cpu-request',
    'proxy-cpu-limit',
    'proxy-memory-request',
    'proxy-memory-limit',
  ].map((name): [string, string] => [
    `linkerd.io/${name}`,
    `write config.linkerd.io/${name}`,
  ]),
]);

const COMMON = {
  code: 'MESH-L0504',
  level: 'warning',
  title: 'Annotation that Linkerd does not have',
  explanation:
    'Annotations that Linkerd does not know are ignored without a word: proxies are injected, and work, as if it were not there.',
  upstream: 'pkg/k8s/labels.go (linkerd2)',
  mesh: 'linkerd',
  needs: [],
} as const;

function* wrong(
  of: string,
  annotations: Readonly<Record<string, string>>,
  path: string,
): Iterable<CheckFinding> {
  for (const name of Object.keys(annotations)) {
    const meant = meantSetting(name);
    const right = RIGHT_FORMS.get(name) ?? (meant && `write ${meant}`);
    if (right) {
      yield {
        message: `${of} has the annotation ${name}, which Linkerd does not have: ${right}`,
        field: `${path}.${name}`,
      };
    }
  }
}

const own = (object: Namespace | Service | Pod | WorkloadController) =>
  wrong(refOf(object), object.metadata.annotations, 'metadata.annotations');

function* ofController(controller: WorkloadController): Iterable<CheckFinding> {
  yield* own(controller);
  yield* wrong(
    `The pod template of ${refOf(controller)}`,
    controller.spec.template.metadata.annotations,
    'spec.template.metadata.annotations',
  );
}

export const annotationUnknown = [
  ...podSettingChecks(COMMON, own, ofController),
  defineCheck({ ...COMMON, subject: 'Service', run: own }),
];
