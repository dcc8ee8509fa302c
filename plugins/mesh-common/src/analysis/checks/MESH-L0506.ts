import { WorkloadController } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';
import { isLinkerdSetting } from './MESH-L0502';

const COMMON = {
  code: 'MESH-L0506',
  level: 'warning',
  title: 'A setting of Linkerd stands beside the pod template',
  explanation:
    'The injector is asked about pods, and reads their annotations and those of their namespace. An annotation of the Deployment itself comes to no pod: linkerd.io/inject there gives no proxy. Move it to the metadata of the pod template.',
  upstream: 'pkg/inject/inject.go, pkg/inject/report.go (linkerd2)',
  mesh: 'linkerd',
  needs: ['Namespace'],
} as const;

/** An annotation of the controller that neither the pods nor their namespace have like that. */
function* beside(
  controller: WorkloadController,
  snapshot: MeshSnapshot,
): Iterable<CheckFinding> {
  const { metadata, spec } = controller;
  const ofPods = spec.template.metadata.annotations;
  const ofNamespace =
    snapshot.get('Namespace', undefined, namespaceOf(controller))?.metadata
      .annotations ?? {};
  for (const [name, value] of Object.entries(metadata.annotations)) {
    if (
      isLinkerdSetting(name) &&
      (ofPods[name] ?? ofNamespace[name]) !== value
    ) {
      yield {
        message: `${name} of ${refOf(
          controller,
        )} stands beside its pod template, where Linkerd does not read it: write it into spec.template.metadata.annotations`,
        field: `metadata.annotations.${name}`,
      };
    }
  }
}

export const settingBesideTemplate = [
  defineCheck({ ...COMMON, subject: 'apps/Deployment', run: beside }),
  defineCheck({ ...COMMON, subject: 'apps/StatefulSet', run: beside }),
  defineCheck({ ...COMMON, subject: 'apps/DaemonSet', run: beside }),
];
