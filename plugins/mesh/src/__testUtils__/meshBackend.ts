import { http } from 'msw';
import { SetupServer, setupServer } from 'msw/node';
import { registerMswTestHooks } from '@backstage/test-utils';
import { Replies, respond } from '../__fixtures__/fixtureBackend';

/** The mesh backend of the tests of a file. */
export interface TestBackend {
  server: SetupServer;
  /** What is answered from now on, beside what is answered where all is well. */
  reply(replies: Replies): void;
  /** The requests of this test, as `path?query`. */
  requests: Request[];
}

/** Serves the contract for the tests of a file. */
export function setupMeshBackend(): TestBackend {
  const server = setupServer();
  registerMswTestHooks(server);
  const requests: Request[] = [];
  const reply = (replies: Replies) =>
    server.use(
      http.get('*/api/mesh/*', ({ request }) => {
        requests.push(request);
        return respond(request, replies);
      }),
    );
  beforeEach(() => {
    requests.length = 0;
    reply({});
  });
  return { server, reply, requests };
}
