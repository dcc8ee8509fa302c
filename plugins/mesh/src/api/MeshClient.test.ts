import { ResponseError } from '@backstage/errors';
import { http, HttpResponse } from 'msw';
import { reviewsMtls, protectedMtls } from '../__fixtures__/mtls';
import { BROKEN, FORBIDDEN } from '../__fixtures__/fixtureBackend';
import { setupMeshBackend } from '../__testUtils__/meshBackend';
import { testMeshClient } from '../__testUtils__/renderMesh';
import { UnreadableAnswerError } from './readAnswer';

const backend = setupMeshBackend();
const request = {
  params: { kind: 'component', namespace: 'default', name: 'reviews' },
  query: {},
};

describe('MeshClient', () => {
  it('reads an answer by the contract', async () => {
    await expect(testMeshClient().read('mtls', request)).resolves.toEqual(
      reviewsMtls,
    );
    expect(backend.requests.map(({ url }) => new URL(url).pathname)).toEqual([
      '/api/mesh/entities/component/default/reviews/mtls',
    ]);
  });

  it('hands the same object out again where nothing changed', async () => {
    const client = testMeshClient();
    const first = await client.read('mtls', request);
    const second = await client.read('mtls', request);
    expect(second).toBe(first);
    expect(
      backend.requests.map(({ headers }) => headers.get('if-none-match')),
    ).toEqual([null, expect.stringMatching(/^"/)]);
  });

  it('reads the new answer where something changed', async () => {
    const client = testMeshClient();
    await client.read('mtls', request);
    backend.reply({ mtls: protectedMtls });
    await expect(client.read('mtls', request)).resolves.toEqual(protectedMtls);
  });

  it('says what the backend said where it refuses', async () => {
    backend.reply({ mtls: FORBIDDEN });
    const error = await testMeshClient()
      .read('mtls', request)
      .catch(e => e);
    expect(ResponseError.is(error)).toBe(true);
    expect(error).toMatchObject({
      statusCode: 403,
      cause: { message: FORBIDDEN.message },
    });
  });

  it('does not hold an answer for valid that was refused in between', async () => {
    const client = testMeshClient();
    await client.read('mtls', request);
    backend.reply({ mtls: BROKEN });
    await expect(client.read('mtls', request)).rejects.toThrow('500');
    backend.reply({});
    await client.read('mtls', request);
    expect(backend.requests[2].headers.get('if-none-match')).toBeNull();
  });

  it('names the field of an answer that the contract does not allow', async () => {
    backend.server.use(
      http.get('*/api/mesh/*', () =>
        HttpResponse.json({ ...reviewsMtls, verdict: { value: 'fine' } }),
      ),
    );
    const error = await testMeshClient()
      .read('mtls', request)
      .catch(e => e);
    expect(error).toBeInstanceOf(UnreadableAnswerError);
    expect(error.message).toMatch(
      /^The answer of \/api\/mesh\/entities\/component\/default\/reviews\/mtls is not what this version of the mesh plugin reads: verdict/,
    );
  });

  it('says so where something else than the backend answered', async () => {
    backend.server.use(
      http.get('*/api/mesh/*', () => HttpResponse.html('<h1>Sign in</h1>')),
    );
    await expect(testMeshClient().read('mtls', request)).rejects.toThrow(
      'is not JSON (text/html)',
    );
  });

  it('says so where the backend cannot be reached', async () => {
    backend.server.use(http.get('*/api/mesh/*', () => HttpResponse.error()));
    await expect(testMeshClient().read('mtls', request)).rejects.toThrow(
      'The mesh backend cannot be reached',
    );
  });

  it('lets a question be given up', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(
      testMeshClient().read('mtls', request, { signal: controller.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});
