import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import githubModule from '@backstage/plugin-scaffolder-backend-module-github';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JsonObject } from '@backstage/types';
import scaffolderModuleMesh from '..';
import { identitiesOf, placementsOf } from './answers';

/** The mesh backend of the portal, with the answers of the tests. */
const meshPlugin = createBackendPlugin({
  pluginId: 'mesh',
  register(env) {
    env.registerInit({
      deps: { http: coreServices.httpRouter },
      async init({ http }) {
        http.use((request, response) => {
          const name = /\/entities\/.*\/([^/]+)\/identities$/.exec(
            request.path,
          )?.[1];
          response.json(
            name
              ? identitiesOf(name)
              : placementsOf(`http://localhost${request.url}`),
          );
        });
      },
    });
  },
});

interface TaskEvent {
  id: number;
  type: string;
  body: { message?: string; status?: string; output?: JsonObject };
}

/** What became of a task. */
export interface FinishedTask {
  status: string;
  output: {
    links?: { title: string; url: string }[];
    text?: { title: string; content: string }[];
  };
  log: string;
}

/** A portal with the real scaffolder, its action for GitHub, ours, and one template in its catalog. */
export class RunningScaffolder {
  static async start(options: {
    template: Entity;
    config: JsonObject;
  }): Promise<RunningScaffolder> {
    const backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        githubModule,
        scaffolderModuleMesh,
        meshPlugin,
        catalogServiceMock.factory({ entities: [options.template] }),
        mockServices.rootConfig.factory({ data: options.config }),
      ],
    });
    return new RunningScaffolder(backend);
  }

  readonly #backend: TestBackend;

  private constructor(backend: TestBackend) {
    this.#backend = backend;
  }

  /** Runs the template with what a form gave, to the end. */
  async run(values: object): Promise<FinishedTask> {
    const response = await this.#fetch('/v2/tasks', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        templateRef: 'template:default/new-meshed-service',
        values,
      }),
    });
    const { id } = await response.json();
    const lines: string[] = [];
    for (let after = -1; ; ) {
      // The scaffolder answers when there is something new.
      const events: TaskEvent[] = await (
        await this.#fetch(`/v2/tasks/${id}/events?after=${after}`)
      ).json();
      for (const { id: eventId, type, body } of events) {
        after = eventId;
        lines.push(body.message ?? '');
        if (type === 'completion') {
          const status =
            /status: (\w+)/.exec(body.message ?? '')?.[1] ?? 'unknown';
          return {
            status,
            output: Object(body.output),
            log: lines.join('\n'),
          };
        }
      }
    }
  }

  async stop(): Promise<void> {
    await this.#backend.stop();
  }

  async #fetch(path: string, init?: RequestInit): Promise<Response> {
    const response = await fetch(
      `http://localhost:${this.#backend.server.port()}/api/scaffolder${path}`,
      init,
    );
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    return response;
  }
}
