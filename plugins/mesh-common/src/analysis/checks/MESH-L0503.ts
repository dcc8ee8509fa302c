import { KindId } from '../../kubernetes/kinds';
import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { expectedEnrolment } from '../../linkerd/injection';
import { isMeshed } from '../../linkerd/meshed';
import { proxyOf } from '../../linkerd/proxy';
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
  const missing = pods.filter(pod => !proxyOf(pod) && isMeshed(snapshot, pod));
  if (missing.length > 0) {
    const [{ text }] = expectedEnrolment(snapshot, missing[0]).reasons;
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
