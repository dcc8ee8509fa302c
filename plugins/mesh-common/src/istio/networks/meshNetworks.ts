import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigMap } from '../../kubernetes/core';
import { MeshConfig } from '../meshConfig';

const networkSchema = z.object({
  endpoints: z
    .array(
      z.object({
        fromCidr: z.string().optional(),
        fromRegistry: z.string().optional(),
      }),
    )
    .default([]),
  gateways: z
    .array(
      z.object({
        address: z.string().optional(),
        registryServiceName: z.string().optional(),
        port: z.number().optional(),
      }),
    )
    .default([]),
});

const meshNetworksSchema = z.object({
  networks: z.record(z.string(), networkSchema).default({}),
});

/** A network as the mesh's settings have it: who is on it, and by what it is entered. */
export type WrittenNetwork = z.infer<typeof networkSchema>;

/** The networks by name, or why they cannot be read. */
export type MeshNetworks =
  | { state: 'read'; networks: ReadonlyMap<string, WrittenNetwork> }
  | { state: 'malformed'; problem: string; configMap: ConfigMap };

const NONE: MeshNetworks = { state: 'read', networks: new Map() };

const parsed = new WeakMap<ConfigMap, MeshNetworks>();

/**
 * The networks of a mesh that its settings name, in the key `meshNetworks` of the ConfigMap that has them.
 *
 * Upstream: istio.io/api mesh/v1alpha1/network.proto; pkg/config/mesh, `ParseMeshNetworks`.
 */
export function meshNetworks({
  configMap,
}: Pick<MeshConfig, 'configMap'>): MeshNetworks {
  if (configMap?.data?.meshNetworks === undefined) {
    return NONE;
  }
  const known = parsed.get(configMap) ?? read(configMap);
  parsed.set(configMap, known);
  return known;
}

function read(configMap: ConfigMap): MeshNetworks {
  try {
    const { networks } = meshNetworksSchema.parse(
      parse(configMap.data?.meshNetworks ?? '') ?? {},
    );
    return { state: 'read', networks: new Map(Object.entries(networks)) };
  } catch (error) {
    const [problem] = String(
      error instanceof Error ? error.message : error,
    ).split('\n');
    return { state: 'malformed', problem, configMap };
  }
}
