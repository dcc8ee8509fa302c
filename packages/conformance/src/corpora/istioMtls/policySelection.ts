import {
  attachedPeerAuthentications,
  meshConfig,
  writtenNamespaceMode,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Comparison } from '../../corpus';
import { MtlsCase, mtlsCluster } from './case';

const servicesSchema = z.array(z.object({ namespace: z.string() })).default([]);

/** The policies that a workload has, and the mode of its namespace. */
export function policySelection(entry: MtlsCase): Comparison {
  const snapshot = mtlsCluster(entry);
  const { value } = writtenNamespaceMode(
    snapshot,
    entry.namespace,
    meshConfig(snapshot),
  );
  return {
    expected: entry.expect,
    actual: {
      matching: attachedPeerAuthentications(
        snapshot,
        entry,
        entry.rootNamespace,
        servicesSchema.parse(entry.services).map(({ namespace }) => namespace),
      ).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
      namespaceMode: value === 'unwritten' ? 'UNKNOWN' : value,
    },
  };
}
