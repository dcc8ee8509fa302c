import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { toError } from '@backstage/errors';
import { Cluster, KubeConfig, User } from '@kubernetes/client-node';
import { ClusterSource, OpenedCluster } from './ClusterSource';
import { ExecPlugin } from './ExecPlugin';
import { ParsedKubeconfig, parseKubeconfig } from './parseKubeconfig';

export interface KubeconfigFileOptions {
  file: string;
  /** Absent: the file's current context. */
  contexts?: readonly string[];
}

/**
 * The contexts of a kubeconfig file. The file is read again whenever credentials are renewed, so that what
 * changes in it is followed.
 */
export class KubeconfigFile implements ClusterSource {
  readonly #file: string;
  readonly #contexts: readonly string[] | undefined;
  readonly #opened = new Map<
    string,
    { text: string; cluster: OpenedCluster }
  >();

  static create(options: KubeconfigFileOptions): KubeconfigFile {
    return new KubeconfigFile(options);
  }

  private constructor({ file, contexts }: KubeconfigFileOptions) {
    this.#file = file;
    this.#contexts = contexts;
  }

  async names(): Promise<readonly string[]> {
    if (this.#contexts) {
      return this.#contexts;
    }
    const { config } = this.#parse(await this.#read());
    const current = config.getCurrentContext();
    if (!current) {
      throw new Error(
        `The kubeconfig ${
          this.#file
        } has no current-context; name the contexts to read in mesh.clusters.contexts`,
      );
    }
    return [current];
  }

  async open(
    name: string,
    { fresh }: { fresh: boolean },
  ): Promise<OpenedCluster> {
    const text = await this.#read();
    const known = this.#opened.get(name);
    if (known?.text === text && !fresh) {
      return known.cluster;
    }
    const cluster = this.#openContext(name, this.#parse(text));
    this.#opened.set(name, { text, cluster });
    return cluster;
  }

  async #read(): Promise<string> {
    try {
      return await readFile(this.#file, 'utf8');
    } catch (error) {
      throw new Error(
        `The kubeconfig ${this.#file} cannot be read: ${
          toError(error).message
        }`,
      );
    }
  }

  #parse(text: string): ParsedKubeconfig {
    try {
      return parseKubeconfig(text, dirname(resolve(this.#file)));
    } catch (error) {
      throw new Error(`The kubeconfig ${this.#file} ${toError(error).message}`);
    }
  }

  #openContext(
    name: string,
    { config, tokenFiles }: ParsedKubeconfig,
  ): OpenedCluster {
    const context = config.getContexts().find(one => one.name === name);
    if (!context) {
      const names = config.getContexts().map(one => one.name);
      throw new Error(
        `The kubeconfig ${this.#file} has no context ${name}; it has ${
          names.join(', ') || 'none'
        }`,
      );
    }
    const cluster = config.getCluster(context.cluster);
    if (!cluster) {
      throw this.#missing(name, 'cluster', context.cluster);
    }
    const user = context.user
      ? config.getUser(context.user)
      : { name: 'anonymous' };
    if (!user) {
      throw this.#missing(name, 'user', context.user);
    }
    return {
      config: this.#configOf(cluster, user, tokenFiles.get(user.name)),
      account: `user ${user.name} of the kubeconfig ${this.#file}`,
    };
  }

  #configOf(
    cluster: Cluster,
    user: User,
    tokenFile: string | undefined,
  ): KubeConfig {
    const config = new KubeConfig();
    const { exec, ...rest } = user;
    if (exec) {
      config.addAuthenticator(
        ExecPlugin.create({
          exec,
          user: user.name,
          cluster,
          folder: dirname(resolve(this.#file)),
        }),
      );
    }
    config.loadFromClusterAndUser(cluster, {
      ...rest,
      ...(tokenFile && {
        token: undefined,
        authProvider: { name: 'tokenFile', config: { tokenFile } },
      }),
    });
    return config;
  }

  #missing(context: string, what: string, name: string): Error {
    return new Error(
      `The context ${context} of the kubeconfig ${
        this.#file
      } names the ${what} ${name}, of which the file has no usable entry`,
    );
  }
}
