import {
  BackendFeature,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { JsonObject } from '@backstage/types';
import request, { Test } from 'supertest';
import { createMeshPlugin } from '../plugin';
import { FakeApiServer } from './FakeApiServer';
import { fakeChecks } from './fakeChecks';
import { fakeMesh } from './fakeMesh';
import { kubernetesPlugin } from './kubernetesPlugin';

/** Who asks in tests. */
export type Who = 'nobody' | 'service' | 'reader' | 'admin' | 'stranger';

export interface StartOptions {
  entities: Entity[];
  clusters?: Record<string, FakeApiServer>;
  /** Whether a user may read an entity; the admin may read all. */
  mayRead?(user: Who, ref: string): boolean;
  mesh?: JsonObject;
  /** The configuration of the Kubernetes plugin, or false where it is not installed. */
  kubernetes?: JsonObject | false;
  /** The plugin, where it is not the one for the fake mesh. */
  plugin?: BackendFeature;
  /** What else there is, such as services in place of those of the test backend. */
  features?: BackendFeature[];
}

/** A backend with the mesh plugin and the real one of Kubernetes. */
export class StartedMesh {
  readonly #backend: TestBackend;
  readonly #signals: Set<() => void>;

  static async start(options: StartOptions): Promise<StartedMesh> {
    const signals = new Set<() => void>();
    const {
      clusters = {},
      kubernetes = kubernetesConfig(clusters),
      mesh = {},
      plugin = createMeshPlugin({ meshes: [fakeMesh], checks: fakeChecks }),
      features = [],
    } = options;
    const backend = await startTestBackend({
      features: [
        plugin,
        ...features,
        ...(kubernetes ? [kubernetesPlugin()] : []),
        mockServices.rootConfig.factory({
          data: { mesh, ...(kubernetes && { kubernetes }) },
        }),
        mockServices.httpAuth.factory({
          defaultCredentials: mockCredentials.none(),
        }),
        mockServices.permissions.mock({
          async authorize(requests, { credentials }) {
            return requests.map(({ permission, resourceRef }) => ({
              result: mayDo(whoIs(credentials), permission.name, resourceRef)
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
            }));
          },
        }).factory,
        createServiceFactory({
          service: catalogServiceRef,
          deps: {},
          factory: () => filteredCatalog(options),
        }),
        createServiceFactory({
          service: signalsServiceRef,
          deps: {},
          factory: () => ({
            async publish() {
              signals.forEach(listener => listener());
            },
          }),
        }),
      ],
    });
    return new StartedMesh(backend, signals);
  }

  private constructor(backend: TestBackend, signals: Set<() => void>) {
    this.#backend = backend;
    this.#signals = signals;
  }

  get(who: Who, path: string): Test {
    const test = request(this.#backend.server).get(`/api/mesh${path}`);
    return who === 'nobody' ? test : test.set('authorization', headerOf(who));
  }

  post(who: Who, path: string): Test {
    const test = request(this.#backend.server).post(`/api/mesh${path}`);
    return who === 'nobody' ? test : test.set('authorization', headerOf(who));
  }

  async body(who: Who, path: string) {
    const { body, status } = await this.get(who, path);
    if (status !== 200) {
      throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
    }
    return body;
  }

  /** Resolves with the next signal. */
  signalled(): Promise<void> {
    return new Promise(resolve => {
      const listener = () => {
        this.#signals.delete(listener);
        resolve();
      };
      this.#signals.add(listener);
    });
  }

  /** Asks after each signal, until the answer is the one that is waited for. */
  async until<T>(
    ask: () => Promise<T>,
    isIt: (answer: T) => boolean,
  ): Promise<T> {
    for (;;) {
      const told = this.signalled();
      const answer = await ask();
      if (isIt(answer)) {
        return answer;
      }
      await told;
    }
  }

  /** Resolves when these clusters are said to have this status. */
  async untilClusters(statuses: Record<string, string>): Promise<void> {
    await this.until(
      () => this.body('admin', '/fleet/clusters'),
      ({ clusters }) =>
        Object.entries(statuses).every(([name, status]) =>
          clusters.some(
            (cluster: { name: string; status: string }) =>
              cluster.name === name && cluster.status === status,
          ),
        ),
    );
  }

  async stop(): Promise<void> {
    await this.#backend.stop();
  }
}

function kubernetesConfig(clusters: Record<string, FakeApiServer>): JsonObject {
  return {
    serviceLocatorMethod: { type: 'multiTenant' },
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: Object.entries(clusters).map(([name, { url }]) => ({
          name,
          url,
          authProvider: 'serviceAccount',
          serviceAccountToken: 't0ken',
        })),
      },
    ],
  };
}

/** The admin may do all; the reader may attest for `reviews` alone. */
function mayDo(
  who: string,
  permission: string,
  resourceRef: string | undefined,
): boolean {
  switch (permission) {
    case 'mesh.fleet.read':
    case 'mesh.checklist.waive':
      return who === 'admin';
    case 'mesh.checklist.attest':
      return who === 'admin' || resourceRef === 'component:default/reviews';
    default:
      return true;
  }
}

function headerOf(who: Exclude<Who, 'nobody'>): string {
  return who === 'service'
    ? mockCredentials.service.header()
    : mockCredentials.user.header(`user:default/${who}`);
}

function whoIs(credentials: { principal?: unknown } | undefined): string {
  const { principal } = credentials ?? {};
  return typeof principal === 'object' &&
    principal !== null &&
    'userEntityRef' in principal
    ? String(principal.userEntityRef).split('/')[1]
    : 'service';
}

/** A catalog in which users find what they may read. */
function filteredCatalog({
  entities,
  mayRead = () => true,
}: StartOptions): CatalogService {
  const all = catalogServiceMock({ entities });
  const visible = (
    entity: Entity | undefined,
    credentials: { principal?: unknown } | undefined,
  ): entity is Entity => {
    const who = whoIs(credentials);
    return (
      entity !== undefined &&
      (who === 'service' ||
        who === 'admin' ||
        mayRead(who as Who, stringifyEntityRef(entity)))
    );
  };
  return catalogServiceMock.mock({
    async getEntityByRef(ref, options) {
      const entity = await all.getEntityByRef(ref);
      return visible(entity, Object(options).credentials) ? entity : undefined;
    },
    async getEntitiesByRefs(refs, options) {
      const { items } = await all.getEntitiesByRefs(refs);
      return {
        items: items.map(entity =>
          visible(entity, Object(options).credentials) ? entity : undefined,
        ),
      };
    },
    async *streamEntities(query, options) {
      for await (const page of all.streamEntities(query)) {
        yield page.filter(entity =>
          visible(entity, Object(options).credentials),
        );
      }
    },
  });
}
