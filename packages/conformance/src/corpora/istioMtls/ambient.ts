import {
  ambientPolicies,
  convertedPolicy,
  meshConfig,
  peerAuthentications,
  ZtunnelPolicy,
} from 'backstage-plugin-mesh-common';
import { Comparison } from '../../corpus';
import { MtlsCase, mtlsCluster } from './case';

/** The policies that a ztunnel is given for a workload. */
export function ambientAttached(entry: MtlsCase): Comparison {
  const snapshot = mtlsCluster(entry);
  const given = ambientPolicies(snapshot, entry, meshConfig(snapshot));
  return {
    expected: entry.expect,
    actual: {
      peerAuthPolicies: 'attached' in given ? given.attached : given.value,
    },
  };
}

/** What istiod makes of the policy of a workload. Some cases leave its namespace out. */
export function ambientConverted(entry: MtlsCase): Comparison {
  const named = entry.namespace !== '';
  const inNamespace = { ...entry, namespace: entry.namespace || 'default' };
  const { workload, namespace, mesh } = peerAuthentications(
    mtlsCluster(inNamespace),
    inNamespace,
    entry.rootNamespace,
  );
  const converted = workload && convertedPolicy(workload, namespace, mesh);
  return {
    expected: entry.expect,
    actual: {
      convertedPolicy: converted
        ? {
            ...inWordsOfZtunnel(converted),
            ...(named && { namespace: converted.namespace }),
          }
        : null,
    },
  };
}

function inWordsOfZtunnel({ name, groups }: ZtunnelPolicy) {
  return {
    name,
    action: 'DENY',
    scope: 'WORKLOAD_SELECTOR',
    groups: groups.map(group => ({
      rules: group.map(({ withoutIdentity, ports, notPorts }) => ({
        matches: [
          {
            ...(ports && { destinationPorts: ports }),
            ...(notPorts && { notDestinationPorts: notPorts }),
            ...(withoutIdentity && { notPrincipals: [{ presence: {} }] }),
          },
        ],
      })),
    })),
  };
}
