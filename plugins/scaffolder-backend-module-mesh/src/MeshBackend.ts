import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { CompoundEntityRef } from '@backstage/catalog-model';
import { ForwardedError, ResponseError } from '@backstage/errors';
import {
  formatPlannedObjects,
  IdentitiesAnswer,
  Placement,
  PlacementsAnswer,
  PlannedObject,
  ROUTES,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';

const TIMEOUT_MS = 30_000;

/** Who asks, and what ends the question early. */
export interface Asking {
  credentials: BackstageCredentials;
  signal?: AbortSignal;
}

/** Asks the mesh backend on behalf of the user who started a task: the answers are those that the user may see. */
export class MeshBackend {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }): MeshBackend {
    return new MeshBackend(options);
  }

  private constructor(options: Parameters<typeof MeshBackend.create>[0]) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** Where services may be placed, and by which mesh they would be carried there. */
  async placements(asking: Asking): Promise<PlacementsAnswer> {
    return this.#read(
      ROUTES.placements.path,
      ROUTES.placements.response,
      asking,
    );
  }

  /** The same for one place, with whether objects are there that are about to be made. */
  async plannedObjects(
    planned: readonly PlannedObject[],
    { cluster, namespace }: Pick<Placement, 'cluster' | 'namespace'>,
    asking: Asking,
  ): Promise<PlacementsAnswer> {
    const query = new URLSearchParams({
      cluster,
      namespace,
      objects: formatPlannedObjects(planned),
    });
    return this.#read(
      `${ROUTES.placements.path}?${query}`,
      ROUTES.placements.response,
      asking,
    );
  }

  /** Under which accounts an entity runs; undefined where the user may read no such entity. */
  async identities(
    { kind, namespace, name }: CompoundEntityRef,
    asking: Asking,
  ): Promise<IdentitiesAnswer | undefined> {
    const path = ROUTES.identities.path
      .replace(':kind', encodeURIComponent(kind))
      .replace(':namespace', encodeURIComponent(namespace))
      .replace(':name', encodeURIComponent(name));
    try {
      return await this.#read(path, ROUTES.identities.response, asking);
    } catch (error) {
      if (error instanceof ResponseError && error.statusCode === 404) {
        return undefined;
      }
      throw error;
    }
  }

  async #read<S extends z.ZodType>(
    path: string,
    schema: S,
    { credentials, signal }: Asking,
  ): Promise<z.output<S>> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'mesh',
    });
    const base = await this.#discovery.getBaseUrl('mesh');
    const response = await fetchFrom(`${base}${path}`, token, signal);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const parsed = schema.safeParse(await response.json());
    if (!parsed.success) {
      const [{ path: field, message }] = parsed.error.issues;
      throw new Error(
        `The answer of the mesh backend to ${path} is not what this version of the module reads: ${field.join(
          '.',
        )}: ${message}`,
      );
    }
    return parsed.data;
  }
}

async function fetchFrom(
  url: string,
  token: string,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(url, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    throw new ForwardedError('The mesh backend cannot be reached', error);
  }
}
