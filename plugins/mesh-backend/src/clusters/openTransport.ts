import {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ApiServerTransport } from './ApiServerTransport';
import { ClustersConfig } from './clustersConfig';
import { ClusterTransport } from './ClusterTransport';
import { InClusterAccount } from './InClusterAccount';
import { KubeconfigFile } from './KubeconfigFile';
import { KubernetesPluginTransport } from './KubernetesPluginTransport';

/** The way to the clusters that the configuration asks for. */
export function openTransport(
  clusters: ClustersConfig,
  services: {
    auth: AuthService;
    discovery: DiscoveryService;
    logger: LoggerService;
  },
): ClusterTransport & { close(): Promise<void> } {
  const { logger } = services;
  switch (clusters.source) {
    case 'kubeconfig':
      return ApiServerTransport.create({
        source: KubeconfigFile.create(clusters),
        logger,
      });
    case 'in-cluster':
      return ApiServerTransport.create({
        source: InClusterAccount.create(clusters),
        logger,
      });
    default:
      return KubernetesPluginTransport.create(services);
  }
}
