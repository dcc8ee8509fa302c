import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Agent, request as undiciRequest } from 'undici';
import { z } from 'zod';
import { jsonOrUndefined, readRefusal } from './apiErrors';
import {
  ClusterInfo,
  ClusterList,
  ClusterRequest,
  ClusterResponse,
  ClusterTransport,
  ClusterUnreachableError,
} from './ClusterTransport';
import { bodyText } from './lines';
import {
  asUnreachable,
  bytesOf,
  plainHeaders,
  unreachableOnFailure,
} from './transportResponse';
import { withoutAddresses } from './withoutAddresses';

const CLUSTER_HEADER = 'backstage-kubernetes-cluster';
const LIST_TIMEOUT_MS = 20_000;

/** The Kubernetes plugin's providers whose credentials come from the browser of a user. */
const USER_AUTH_PROVIDERS = ['aks', 'google', 'oidc'];

const clustersSchema = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      title: z.string().nullish(),
      dashboardUrl: z.string().nullish(),
      authProvider: z.string().nullish(),
    }),
  ),
});

/** The body of an error that a Backstage backend has written, not a cluster. */
const backstageErrorSchema = z.object({
  error: z.object({ name: z.string().optional(), message: z.string() }),
});

const NOT_CONFIGURED =
  'The Kubernetes plugin lists no clusters: its backend is not installed, or app-config has no `kubernetes` section. Mesh for Backstage reads the clusters that are configured there';

/**
 * The clusters of the Kubernetes plugin, by its `/clusters` and `/proxy`, with the credentials of this
 * plugin: operators configure clusters and their credentials once.
 */
export class KubernetesPluginTransport implements ClusterTransport {
  readonly #discovery: DiscoveryService;
  readonly #auth: AuthService;
  readonly #agent = new Agent();

  static create(options: {
    discovery: DiscoveryService;
    auth: AuthService;
  }): KubernetesPluginTransport {
    return new KubernetesPluginTransport(options.discovery, options.auth);
  }

  private constructor(discovery: DiscoveryService, auth: AuthService) {
    this.#discovery = discovery;
    this.#auth = auth;
  }

  async clusters(signal: AbortSignal): Promise<ClusterList> {
    try {
      const { status, body } = await this.#request('/clusters', {
        headers: {},
        idleTimeoutMs: LIST_TIMEOUT_MS,
        signal,
      });
      if (status === 404) {
        await readRefusal(body);
        return { status: 'not-configured', message: NOT_CONFIGURED };
      }
      if (status !== 200) {
        const text = await readRefusal(body);
        return unlisted(backstageErrorMessage(text) ?? `it answered ${status}`);
      }
      const list = clustersSchema.safeParse(
        jsonOrUndefined(await bodyText(body)),
      );
      return list.success
        ? { status: 'listed', clusters: list.data.items.map(clusterInfo) }
        : unlisted('its answer is not a list of clusters');
    } catch (error) {
      signal.throwIfAborted();
      return unlisted(toError(error).message);
    }
  }

  async get(request: ClusterRequest): Promise<ClusterResponse> {
    const { cluster, path, accept, idleTimeoutMs, signal } = request;
    const response = await this.#request(`/proxy${path}`, {
      headers: {
        [CLUSTER_HEADER]: cluster,
        ...(accept && { accept }),
      },
      idleTimeoutMs,
      signal,
    });
    if (response.status < 400) {
      return response;
    }
    const text = await readRefusal(response.body);
    const message = backstageErrorMessage(text);
    if (message !== undefined) {
      throw new ClusterUnreachableError(
        `the Kubernetes plugin got no answer from the cluster (${message})`,
      );
    }
    return { ...response, body: bytesOf(text) };
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #request(
    path: string,
    options: {
      headers: Record<string, string>;
      idleTimeoutMs: number;
      signal: AbortSignal;
    },
  ): Promise<ClusterResponse> {
    const { headers, idleTimeoutMs, signal } = options;
    try {
      const baseUrl = await this.#discovery.getBaseUrl('kubernetes');
      // Asked for each request: tokens expire.
      const { token } = await this.#auth.getPluginRequestToken({
        onBehalfOf: await this.#auth.getOwnServiceCredentials(),
        targetPluginId: 'kubernetes',
      });
      const response = await undiciRequest(`${baseUrl}${path}`, {
        method: 'GET',
        headers: {
          // Compression on the way would hold events back until enough of them have come.
          'accept-encoding': 'identity',
          ...headers,
          authorization: `Bearer ${token}`,
        },
        signal,
        dispatcher: this.#agent,
        // The headers of a watch come with its first event: the proxy does not send them on their own.
        headersTimeout: idleTimeoutMs,
        bodyTimeout: idleTimeoutMs,
      });
      return {
        status: response.statusCode,
        headers: plainHeaders(response.headers),
        body: unreachableOnFailure(response.body, signal),
      };
    } catch (error) {
      throw asUnreachable(error, signal);
    }
  }
}

function unlisted(reason: string): ClusterList {
  return {
    status: 'unreachable',
    message: `The Kubernetes plugin did not list its clusters: ${withoutAddresses(
      reason,
    )}`,
  };
}

function clusterInfo({
  name,
  title,
  dashboardUrl,
  authProvider,
}: z.infer<typeof clustersSchema>['items'][number]): ClusterInfo {
  return {
    name,
    ...(title && { title }),
    ...(dashboardUrl && { dashboardUrl }),
    ...(authProvider &&
      USER_AUTH_PROVIDERS.includes(authProvider) && {
        unsupportedAuth: `The cluster is configured with authProvider ${authProvider}, which needs the token of the user who looks. It can be read in the background with serviceAccount, or a provider that has credentials of its own`,
      }),
  };
}

function backstageErrorMessage(text: string): string | undefined {
  const parsed = backstageErrorSchema.safeParse(jsonOrUndefined(text));
  return parsed.success
    ? withoutAddresses(parsed.data.error.message)
    : undefined;
}
