import { access } from 'node:fs/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { ClusterSource, OpenedCluster } from './ClusterSource';

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

export interface InClusterOptions {
  /** The name that the cluster has in the portal. */
  name: string;
  /** Where the root of the file system is; another folder in tests. */
  root?: string;
  environment?: NodeJS.ProcessEnv;
}

/** The cluster in which the backend itself runs, with the account of its pod. */
export class InClusterAccount implements ClusterSource {
  readonly #name: string;
  readonly #root: string;
  readonly #environment: NodeJS.ProcessEnv;

  static create(options: InClusterOptions): InClusterAccount {
    return new InClusterAccount(options);
  }

  private constructor(options: InClusterOptions) {
    this.#name = options.name;
    this.#root = options.root ?? '';
    this.#environment = options.environment ?? process.env;
  }

  async names(): Promise<readonly string[]> {
    return [this.#name];
  }

  async open(): Promise<OpenedCluster> {
    const { KUBERNETES_SERVICE_HOST: host } = this.#environment;
    if (!host) {
      throw new Error(
        'mesh.clusters.source is in-cluster, but the backend does not run in a pod: KUBERNETES_SERVICE_HOST is not set',
      );
    }
    const token = `${this.#root}${TOKEN}`;
    await access(token).catch(error => {
      throw new Error(
        `mesh.clusters.source is in-cluster, but the pod has no token of a service account: ${error.message}`,
      );
    });
    const config = new KubeConfig();
    config.loadFromCluster(this.#root);
    return { config, account: "the pod's service account" };
  }
}
