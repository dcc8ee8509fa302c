import { createHash } from 'node:crypto';
import { RequestOptions } from 'node:https';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Cluster } from '@kubernetes/client-node';
import { Agent, Dispatcher, ProxyAgent } from 'undici';
import { ClusterSource, OpenedCluster } from './ClusterSource';

/** What a request to a cluster needs. */
export interface ClusterAccess {
  server: string;
  headers: Readonly<Record<string, string>>;
  dispatcher: Dispatcher;
  /** How messages call the account. */
  account: string;
}

export interface ClusterLoginOptions {
  source: ClusterSource;
  name: string;
  logger: LoggerService;
  /** How long credentials are used before they are asked for again. */
  validMs?: number;
  /** How long a failure stands, so that not each of many requests tries again. */
  retryMs?: number;
}

type Attempt = { promise: Promise<ClusterAccess>; until: number };

/**
 * The portal's credentials for one cluster, renewed as time goes by and where the cluster refuses them,
 * and its connections.
 */
export class ClusterLogin {
  readonly #options: Required<ClusterLoginOptions>;
  #attempt: Attempt | undefined;
  #renewAfter = 0;
  #connections: { tls: string; dispatcher: Dispatcher } | undefined;
  readonly #dispatchers = new Set<Dispatcher>();

  static create(options: ClusterLoginOptions): ClusterLogin {
    return new ClusterLogin({ validMs: 60_000, retryMs: 10_000, ...options });
  }

  private constructor(options: Required<ClusterLoginOptions>) {
    this.#options = options;
  }

  /** Rejects with an error that names the input that is wrong. */
  async access(): Promise<ClusterAccess> {
    if (!this.#attempt || this.#attempt.until < Date.now()) {
      this.#attempt = this.#try({ fresh: false });
    }
    return this.#attempt.promise;
  }

  /** Other credentials than those that the cluster has refused; undefined where there are none. */
  async renewed(refused: ClusterAccess): Promise<ClusterAccess | undefined> {
    // Of many requests that are refused at once, the first one renews; and not again at once.
    const current = await this.#attempt?.promise;
    if (current === refused && this.#renewAfter < Date.now()) {
      this.#renewAfter = Date.now() + this.#options.retryMs;
      this.#attempt = this.#try({ fresh: true });
    }
    const access = await this.access();
    return access.dispatcher === refused.dispatcher &&
      access.headers.authorization === refused.headers.authorization
      ? undefined
      : access;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#dispatchers].map(one => one.destroy()));
  }

  #try(options: { fresh: boolean }): Attempt {
    const { source, name, validMs, retryMs } = this.#options;
    const attempt: Attempt = {
      promise: source
        .open(name, options)
        .then(opened => this.#accessWith(opened)),
      until: Number.POSITIVE_INFINITY,
    };
    const stand = (ms: number) => {
      attempt.until = Date.now() + ms;
    };
    attempt.promise.then(
      () => stand(validMs),
      () => stand(retryMs),
    );
    return attempt;
  }

  async #accessWith({
    config,
    account,
  }: OpenedCluster): Promise<ClusterAccess> {
    const cluster = config.getCurrentCluster();
    if (!cluster) {
      throw new Error(`There is no cluster for ${account}`);
    }
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    return {
      server: cluster.server,
      headers: headersOf(options),
      dispatcher: this.#dispatcherFor(cluster, options),
      account,
    };
  }

  /** The connections that there are, as long as they are made with the same certificates. */
  #dispatcherFor(
    { proxyUrl }: Cluster,
    { ca, cert, key, servername, rejectUnauthorized }: RequestOptions,
  ): Dispatcher {
    const connect = { ca, cert, key, servername, rejectUnauthorized };
    const tls = createHash('sha256')
      .update(JSON.stringify([connect, proxyUrl]))
      .digest('hex');
    if (this.#connections?.tls === tls) {
      return this.#connections.dispatcher;
    }
    const dispatcher = dispatcherWith(connect, proxyUrl);
    const old = this.#connections?.dispatcher;
    this.#connections = { tls, dispatcher };
    this.#dispatchers.add(dispatcher);
    if (old) {
      this.#retire(old);
    }
    return dispatcher;
  }

  /** Lets what runs over old connections end. */
  #retire(old: Dispatcher): void {
    old.close().then(
      () => this.#dispatchers.delete(old),
      error =>
        this.#options.logger.error(
          `Old connections to cluster ${this.#options.name} did not end`,
          error,
        ),
    );
  }
}

function dispatcherWith(
  connect: Pick<
    RequestOptions,
    'ca' | 'cert' | 'key' | 'servername' | 'rejectUnauthorized'
  >,
  proxyUrl: string | undefined,
): Dispatcher {
  if (!proxyUrl) {
    return new Agent({ connect });
  }
  if (!/^https?:/.test(proxyUrl)) {
    throw new Error(
      'The proxy-url of the cluster in the kubeconfig is not supported: it must begin with http:// or https://',
    );
  }
  return new ProxyAgent({ uri: proxyUrl, requestTls: connect });
}

function headersOf({ headers = {}, auth }: RequestOptions) {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) {
      // Files of tokens may end with a newline.
      plain[name.toLocaleLowerCase('en-US')] = String(value).trim();
    }
  }
  if (auth) {
    plain.authorization = `Basic ${Buffer.from(auth).toString('base64')}`;
  }
  return plain;
}
