import { BackendTLSPolicy } from '../../gateway-api/backendTlsPolicy';
import { conditionOf } from '../../gateway-api/references';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { serviceHost } from '../hosts';
import { clusterDomain } from '../injectorConfig';
import { ancestorsOf } from './ancestors';

type TargetRef = NonNullable<
  NonNullable<BackendTLSPolicy['spec']>['targetRefs']
>[number];

/** What one of the references of a policy comes to. */
export interface PolicyTarget {
  hosts: readonly string[];
  /** The port that its `sectionName` names. Absent: all that have no policy of their own. */
  port?: number;
}

/** Conditions by which a policy is without effect for a target; with any other it acts, well or badly. */
const WITHOUT_EFFECT: readonly (string | undefined)[] = [
  'TargetNotFound',
  'Conflicted',
];

/**
 * The hosts of a Service, or of a ServiceEntry, that a reference of a BackendTLSPolicy names beside it, and the port of
 * that name. Undefined: it names nothing that is there. On a cluster istiod's word about that counts, which it has
 * written for each reference, and a policy about which it wrote nothing is one that it does not read.
 *
 * Upstream: pilot/pkg/config/kube/gateway/backend_policies.go, `BackendTLSPolicyCollection`.
 */
export function policyTarget(
  snapshot: MeshSnapshot,
  policy: BackendTLSPolicy,
  reference: TargetRef,
): PolicyTarget | undefined {
  if (snapshot.origin !== 'files' && !isTaken(policy, reference)) {
    return undefined;
  }
  const found = targetObject(snapshot, namespaceOf(policy), reference);
  const { sectionName } = reference;
  if (!found || !sectionName) {
    return found && { hosts: found.hosts };
  }
  const port = found.ports.find(({ name }) => name === sectionName);
  return port && { hosts: found.hosts, port: port.number };
}

function isTaken(
  policy: BackendTLSPolicy,
  { kind, name, sectionName }: TargetRef,
): boolean {
  const written = ancestorsOf(policy).find(
    ({ ancestorRef }) =>
      ancestorRef.kind === kind &&
      ancestorRef.name === name &&
      (ancestorRef.sectionName ?? '') === (sectionName ?? ''),
  );
  const accepted = conditionOf(written, 'Accepted');
  return (
    accepted !== undefined &&
    (accepted.status === 'True' || !WITHOUT_EFFECT.includes(accepted.reason))
  );
}

function targetObject(
  snapshot: MeshSnapshot,
  namespace: string,
  { group = '', kind, name }: TargetRef,
):
  | { hosts: readonly string[]; ports: { name?: string; number: number }[] }
  | undefined {
  switch (`${group === 'core' ? '' : group}/${kind}`) {
    case '/Service': {
      const service = snapshot.get('Service', namespace, name);
      return (
        service && {
          hosts: [serviceHost({ name, namespace }, clusterDomain(snapshot))],
          ports: service.spec.ports.map(port => ({
            ...(port.name && { name: port.name }),
            number: port.port,
          })),
        }
      );
    }
    case 'networking.istio.io/ServiceEntry': {
      const entry = snapshot.get(
        'networking.istio.io/ServiceEntry',
        namespace,
        name,
      );
      return (
        entry && {
          hosts: entry.spec?.hosts ?? [],
          ports: entry.spec?.ports ?? [],
        }
      );
    }
    default:
      return undefined;
  }
}
