import { KubeConfig } from '@kubernetes/client-node';

/** A cluster, and as whom the portal speaks to it. */
export interface OpenedCluster {
  /** Holds nothing but this cluster and this account. */
  config: KubeConfig;
  /** How messages call the account. */
  account: string;
}

/**
 * Where clusters are configured together with the portal's credentials for them. Both functions reject
 * with an error that names the input and what is wrong with it, and may be called again later: what is
 * wrong can be repaired while the portal runs.
 */
export interface ClusterSource {
  names(): Promise<readonly string[]>;
  /** The same object each time, as long as nothing has changed; another one where `fresh` is asked for. */
  open(name: string, options: { fresh: boolean }): Promise<OpenedCluster>;
}
