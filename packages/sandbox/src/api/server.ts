import { createServer, type Server } from 'node:https';
import { Authorizer } from '../auth/rbac';
import { TokenAuthenticator, type TokenUser } from '../auth/tokens';
import { Faults } from '../faults/faults';
import { EventLog } from '../store/eventLog';
import type { ObjectStore } from '../store/types';
import { createCertificates, type Certificates } from '../tls/certificates';
import { Exchange } from './exchange';

export interface ApiServerOptions {
  store: ObjectStore;
  tokens: readonly TokenUser[];
  /** Made for this server where they are left out. */
  certificates?: Certificates;
  /** Whether `sendInitialEvents` is served; true where it is left out. */
  watchList?: boolean;
  /** How many changes a watch can go back. */
  eventBufferSize?: number;
  bookmarkIntervalMs?: number;
  now?: () => Date;
}

export interface ApiServer {
  /** Listens on loopback; without a port, on any that is free. */
  listen(port?: number): Promise<ListeningServer>;
  close(): Promise<void>;
  readonly faults: Faults;
}

export interface ListeningServer {
  url: string;
  port: number;
  /** What clients must trust, PEM. */
  caCertificate: string;
}

const HOST = '127.0.0.1';
const BOOKMARK_INTERVAL = 60_000;

/** The Kubernetes API of one sandbox cluster, over TLS. */
class KubernetesApiServer implements ApiServer {
  readonly faults = Faults.create();
  readonly #options: ApiServerOptions;
  readonly #events: EventLog;
  readonly #exchange: Exchange;
  #server: Server | undefined;

  static create(options: ApiServerOptions): KubernetesApiServer {
    return new KubernetesApiServer(options);
  }

  private constructor(options: ApiServerOptions) {
    const { store, tokens, eventBufferSize } = options;
    this.#options = options;
    this.#events = EventLog.create(store, {
      ...(eventBufferSize !== undefined && { size: eventBufferSize }),
    });
    this.#exchange = Exchange.create({
      context: {
        store,
        events: this.#events,
        authorizer: Authorizer.create(store),
        watchList: options.watchList ?? true,
        bookmarkIntervalMs: options.bookmarkIntervalMs ?? BOOKMARK_INTERVAL,
        now: options.now ?? (() => new Date()),
      },
      authenticator: TokenAuthenticator.create(tokens),
      faults: this.faults,
    });
  }

  async listen(port: number = 0): Promise<ListeningServer> {
    if (this.#server) {
      throw new Error('the API server listens already');
    }
    const { certificate, key, caCertificate } =
      this.#options.certificates ?? (await createCertificates());
    const server = createServer(
      { cert: certificate, key },
      (request, response) => this.#exchange.answer(request, response),
    );
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, HOST, () => {
        server.off('error', reject);
        resolve();
      });
    });
    const address = server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('the API server has no port');
    }
    return {
      url: `https://${HOST}:${address.port}`,
      port: address.port,
      caCertificate,
    };
  }

  async close(): Promise<void> {
    this.#events.close();
    const server = this.#server;
    if (!server) {
      return;
    }
    this.#server = undefined;
    await new Promise<void>((resolve, reject) => {
      server.close(error => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    });
  }
}

export function createApiServer(options: ApiServerOptions): ApiServer {
  return KubernetesApiServer.create(options);
}
