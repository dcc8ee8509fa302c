import { Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { podOfTemplate } from '../mesh/enrolment';
import { Workload, workloadsIn } from '../mesh/workloads';
import { isMachine } from '../mesh/machineKinds';
import { PodProxy } from '../mesh/podProxy';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { ControlPlaneConfig, controlPlaneConfig } from './controlPlaneConfig';
import { expectedEnrolment } from './injection';
import { proxyOf, proxySetting } from './proxy';

/**
 * The identity of a ServiceAccount.
 *
 * Upstream: policy-controller/k8s/index/src/cluster_info.rs, `service_account_identity`.
 */
export function serviceAccountIdentity(
  account: { name: string; namespace: string },
  config: Pick<ControlPlaneConfig, 'namespace' | 'trustDomain'>,
): string {
  return `${account.name}.${account.namespace}.serviceaccount.identity.${config.namespace}.${config.trustDomain}`;
}

/** The ServiceAccount of an identity; undefined where it is none of a ServiceAccount. */
export function accountOfIdentity(
  identity: string,
): { name: string; namespace: string } | undefined {
  // The names of ServiceAccounts may have dots, those of namespaces have none.
  const [, name, namespace] =
    /^(.+)\.([^.]+)\.serviceaccount\.identity\./.exec(identity) ?? [];
  return name && namespace ? { name, namespace } : undefined;
}

const LOCAL_NAME = 'LINKERD2_PROXY_IDENTITY_LOCAL_NAME';

/**
 * The identity that a pod's proxy presents: what its environment says, with the references to other
 * variables replaced as the kubelet does. A proxy without that variable has none. For a pod that the
 * injector has yet to see, it is the one that it would get.
 */
export function identityOfPod(
  snapshot: MeshSnapshot,
  pod: Pod,
): string | undefined {
  const proxy = proxyOf(pod);
  if (proxy) {
    return runningIdentity(pod, proxy);
  }
  const expected = expectedEnrolment(snapshot, pod).value;
  const read = controlPlaneConfig(snapshot);
  return read.state === 'read' &&
    (expected === 'sidecar' || expected === 'native-sidecar')
    ? serviceAccountIdentity(accountOf(pod), read.config)
    : undefined;
}

function runningIdentity(pod: Pod, proxy: PodProxy): string | undefined {
  const { name, namespace } = accountOf(pod);
  const fields: Readonly<Record<string, string>> = {
    _pod_sa: name,
    _pod_ns: namespace,
    _pod_name: pod.metadata.name,
  };
  const identity = proxySetting(proxy, LOCAL_NAME)?.replace(
    /\$\(([^)]+)\)/g,
    (reference, variable: string) =>
      proxySetting(proxy, variable) ?? fields[variable] ?? reference,
  );
  return identity === '' || identity?.includes('$(') ? undefined : identity;
}

function accountOf(pod: Pod): { name: string; namespace: string } {
  return {
    name: pod.spec.serviceAccountName ?? 'default',
    namespace: namespaceOf(pod),
  };
}

/** The workloads whose proxies present an identity. */
export function workloadsWithIdentity(
  snapshot: MeshSnapshot,
  identity: string,
): Workload[] {
  const account = accountOfIdentity(identity);
  if (!account) {
    return [];
  }
  return [...workloadsIn(snapshot, account.namespace).values()].filter(
    workload =>
      workload.serviceAccount === account.name &&
      podsOf(workload).some(pod => identityOfPod(snapshot, pod) === identity),
  );
}

/** The pods of a workload; without any, one as its template would make it. Machines of another mesh are no pods. */
export function podsOf(workload: Workload): readonly Pod[] {
  if (isMachine(workload.ref)) {
    return [];
  }
  return workload.pods.length > 0 ? workload.pods : [podOfTemplate(workload)];
}
