import { registerMswTestHooks } from '@backstage/backend-test-utils';
import { delay, http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { JaegerStore } from './JaegerStore';

const URL_OF_STORE = 'https://jaeger.example.com/prefix';
const SEARCH = {
  service: 'a',
  tags: {},
  lookbackSeconds: 60,
  limit: 20,
};

describe('JaegerStore', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  let now = 1_000;

  function make(overrides = {}, maxKeptBytes?: number): JaegerStore {
    return JaegerStore.create(
      {
        name: 'prod',
        type: 'jaeger',
        url: URL_OF_STORE,
        headers: { Authorization: 'Bearer s3cret' },
        timeoutMs: 10_000,
        ...overrides,
      },
      { clock: { now: () => now }, maxKeptBytes },
    );
  }

  it('asks with its headers, once in a while, however many ask', async () => {
    const seen: (string | null)[] = [];
    server.use(
      http.get(`${URL_OF_STORE}/api/traces`, ({ request }) => {
        seen.push(request.headers.get('authorization'));
        return HttpResponse.json({ data: [] });
      }),
    );
    const store = make();
    const [first] = await Promise.all([
      store.search(SEARCH),
      store.search(SEARCH),
    ]);
    expect(first).toEqual({
      status: 'answered',
      value: [],
      askedAt: expect.any(Date),
    });
    expect(await store.search(SEARCH)).toBe(first);
    expect(seen).toEqual(['Bearer s3cret']);
    await store.search({ ...SEARCH, limit: 50 });
    expect(seen).toHaveLength(2);
    now += 15_001;
    await store.search(SEARCH);
    expect(seen).toHaveLength(3);
  });

  it('keeps no more bytes than it may, however few spans they are', async () => {
    const asked: string[] = [];
    server.use(
      http.get(`${URL_OF_STORE}/api/traces/:id`, ({ params }) => {
        asked.push(String(params.id));
        const bytes = params.id === 'long' ? 20_000 : 3_000;
        return HttpResponse.json({ data: [], note: 'x'.repeat(bytes) });
      }),
    );
    const store = make({}, 10_000);
    await store.trace('1');
    await store.trace('2');
    await store.trace('1');
    expect(asked).toEqual(['1', '2']);
    // The one that was asked for longest ago makes room.
    await store.trace('3');
    await store.trace('1');
    await store.trace('2');
    expect(asked).toEqual(['1', '2', '3', '2']);
    // What is longer than all that may be kept is answered, and asked for again.
    expect(await store.trace('long')).toMatchObject({ status: 'answered' });
    await store.trace('long');
    expect(asked.slice(4)).toEqual(['long', 'long']);
  });

  it('asks a store that failed again after five seconds', async () => {
    let asked = 0;
    server.use(
      http.get(`${URL_OF_STORE}/api/services`, () => {
        asked += 1;
        return new HttpResponse('oops', { status: 500 });
      }),
    );
    const store = make();
    await store.services();
    expect(await store.services()).toMatchObject({
      status: 'failed',
      message: 'The trace store prod answered 500',
    });
    expect(asked).toBe(1);
    now += 5_001;
    await store.services();
    expect(asked).toBe(2);
  });

  it('does not follow to where its headers are not meant for', async () => {
    server.use(
      http.get(
        `${URL_OF_STORE}/api/services`,
        () =>
          new HttpResponse(null, {
            status: 302,
            headers: { location: 'https://evil.example.com' },
          }),
      ),
    );
    expect(await make().services()).toMatchObject({
      message:
        'The trace store prod answered 302, a redirect, which is not followed: configure the URL that it leads to',
    });
  });

  it('says that it did not answer in time, or cannot be reached', async () => {
    server.use(
      http.get(`${URL_OF_STORE}/api/services`, async () => {
        await delay('infinite');
        return HttpResponse.json({ data: [] });
      }),
      http.get(`${URL_OF_STORE}/api/traces/:id`, () => HttpResponse.error()),
    );
    const store = make({ timeoutMs: 50 });
    expect(await store.services()).toMatchObject({
      message: 'The trace store prod did not answer within 0.05 s',
    });
    expect(await store.trace('1')).toMatchObject({
      message:
        'The trace store prod cannot be reached: the request failed (TypeError)',
    });
  });

  it('links to its pages where it is told where they are', () => {
    expect(make().link('1')).toBeUndefined();
    expect(make({ publicUrl: 'https://j' }).link('1')).toBe(
      'https://j/trace/1',
    );
  });
});
