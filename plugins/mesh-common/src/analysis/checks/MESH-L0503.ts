import { KindId } from '../../kubernetes/kinds';
import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { podEnrolment } from '../../linkerd/enrolment';
import { findWorkload } from '../../mesh/workloads';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding, defineCheck } from '../check';

const NEEDS: KindId[] = ['Pod', 'Namespace'];

const COMMON = {
  code: 'MESH-L0503',
  level: 'error',
  title: 'Pods have no proxy, though one is asked for',
  explanation:
    'The annotation linkerd.io/inject asks for a proxy, and a pod runs without: it was made before the annotation, or the injector did not answer (its webhook lets pods pass then). Its traffic is in plaintext until it is restarted.',
  upstream: 'pkg/inject/report.go (linkerd2)',
  mesh: 'linkerd',
  needs: NEEDS,
} as const;

function* withoutProxy(
  controller: KubernetesObject,
  snapshot: MeshSnapshot,
): Iterable<CheckFinding> {
  const { kind, metadata } = controller;
  const workload = findWorkload(snapshot, {
    namespace: namespaceOf(controller),
    kind,
    name: metadata.name,
  });
  const pods = workload?.pods ?? [];
  const missing = pods.filter(pod => {
    const { mode, expected } = podEnrolment(snapshot, pod);
    return (
      mode.value === 'none' &&
      (expected.value === 'sidecar' || expected.value === 'native-sidecar')
    );
  });
  if (missing.length > 0) {
    const [{ text }] = podEnrolment(snapshot, missing[0]).expected.reasons;
    yield {
      message: `${missing.length} of ${pods.length} pods of ${kind} ${metadata.name} run without a proxy: restart them. ${text}`,
      field: 'spec.template',
    };
  }
}

export const proxyMissing = [
  defineCheck({ ...COMMON, subject: 'apps/Deployment', run: withoutProxy }),
  defineCheck({ ...COMMON, subject: 'apps/StatefulSet', run: withoutProxy }),
  defineCheck({ ...COMMON, subject: 'apps/DaemonSet', run: withoutProxy }),
];
