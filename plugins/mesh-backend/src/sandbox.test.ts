import { readFile } from 'node:fs/promises';
import {
  RouteDefinition,
  ROUTES,
  RoutingAnswer,
} from 'backstage-plugin-mesh-common';
import { Agent, request } from 'undici';
import { parse } from 'yaml';
import { z } from 'zod';
import { SandboxProcess } from './__testUtils__/sandboxProcess';
import { component } from './__testUtils__/shop';
import { StartedMesh } from './__testUtils__/startMesh';
import { meshPlugin } from './plugin';

const SERVICES = [
  'reviews',
  'storefront',
  'ratings',
  'offers',
  'web',
  'emoji',
  'voting',
  'badges',
];

const ROUTES_OF_ENTITIES: Record<string, RouteDefinition> = {
  mtls: ROUTES.mtls,
  'mtls/observed': ROUTES.observedMtls,
  routing: ROUTES.routing,
  'routing/observed': ROUTES.observedRouting,
  findings: ROUTES.findings,
  traces: ROUTES.traces,
};

const CASES = SERVICES.flatMap(name =>
  Object.keys(ROUTES_OF_ENTITIES).map(route => [name, route]),
);

const kubeconfigSchema = z.object({
  users: z.array(
    z.object({ name: z.string(), user: z.object({ token: z.string() }) }),
  ),
});

interface ObjectRef {
  cluster: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** The objects that reasons in an answer name. */
function reasonObjects(answer: unknown, found = new Map<string, ObjectRef>()) {
  if (typeof answer === 'object' && answer !== null) {
    const { rule, object } = answer as { rule?: string; object?: ObjectRef };
    if (rule && object) {
      found.set(JSON.stringify(object), object);
    }
    Object.values(answer).forEach(member => reasonObjects(member, found));
  }
  return found;
}

describe('the mesh plugin over the clusters of the sandbox', () => {
  let sandbox: SandboxProcess;
  let mesh: StartedMesh;

  beforeAll(async () => {
    sandbox = await SandboxProcess.start();
    mesh = await StartedMesh.start({
      entities: SERVICES.map(name => component(name)),
      kubernetes: sandbox.kubernetes,
      plugin: meshPlugin,
      mesh: {
        prometheus: [
          {
            name: 'sandbox',
            url: sandbox.state.prometheus.url,
            clusters: ['east', 'west'],
            clusterLabel: 'cluster',
            scrapeInterval: '1s',
          },
        ],
        traces: [
          { name: 'sandbox', type: 'jaeger', url: sandbox.state.jaeger.url },
        ],
      },
    });
    await mesh.untilClusters({ east: 'synced', west: 'synced' });
  });

  afterAll(async () => {
    await mesh?.stop();
    await sandbox?.stop();
  });

  function pathOf(name: string, route: string): string {
    return `/entities/component/default/${name}/${route}`;
  }

  it('finds about reviews what is planted, and nothing else', async () => {
    const { findings } = await mesh.body(
      'admin',
      pathOf('reviews', 'findings'),
    );
    expect(findings.map(({ code }: { code: string }) => code).sort()).toEqual([
      'IST0130',
      'IST0158',
    ]);
  });

  it('says how far canaries are, and where the mesh sends something else than their controller wants', async () => {
    const canariesOf = async (name: string) => {
      const { services }: RoutingAnswer = await mesh.body(
        'admin',
        pathOf(name, 'routing'),
      );
      const found = services.find(({ service }) => service.name === name);
      return found?.delivery;
    };
    expect(await canariesOf('offers')).toMatchObject({
      canaries: [
        {
          object: { cluster: 'east', kind: 'argoproj.io/Rollout' },
          phase: { value: 'paused', term: 'Paused' },
          step: { number: 4, count: 5 },
          wanted: { value: 25 },
          next: { percent: 50, waitsFor: 'person' },
          steering: { routes: [{ state: { value: 'applied' }, percent: 10 }] },
          differences: [
            {
              text: 'The Rollout wants 25 %, VirtualService shop/offers sends 10 %',
            },
          ],
        },
      ],
      unread: [],
    });
    expect(await canariesOf('badges')).toMatchObject({
      canaries: [
        {
          object: { cluster: 'west', kind: 'flagger.app/Canary' },
          phase: { value: 'progressing' },
          step: { number: 2, count: 5 },
          wanted: { value: 20 },
          next: { percent: 30, waitsFor: 'analysis', afterMs: 60_000 },
          failedChecks: { count: 1, limit: 5 },
          steering: { routes: [{ state: { value: 'applied' }, percent: 20 }] },
          differences: [],
        },
      ],
      unread: [],
    });
    expect(await canariesOf('reviews')).toBeUndefined();
  });

  it('walks a request that comes in by a Gateway, by names that lead to the entity', async () => {
    const walk = (name: string, changes: object) =>
      mesh.get(
        'admin',
        `${pathOf(name, 'walk')}?${new URLSearchParams({
          request: JSON.stringify({
            cluster: 'east',
            from: { namespace: 'istio-ingress', kind: 'Gateway', name: 'shop' },
            host: 'shop.example.com',
            port: 80,
            ...changes,
          }),
        })}`,
      );
    const { status, body } = await walk('storefront', {});
    expect({ status, value: body.walk?.outcome.value }).toEqual({
      status: 200,
      value: 'delivered',
    });
    expect(body.walk.branches[0].workloads[0].name).toBe('storefront');
    expect((await walk('ratings', {})).status).toBe(400);
    for (const changes of [
      { host: 'www.example.com' },
      { port: 443 },
      { headers: { Host: 'www.example.com' } },
    ]) {
      expect((await walk('storefront', changes)).status).toBe(400);
    }
  });

  /** Changes an object as an administrator of the cluster does. */
  async function patch(cluster: string, path: string, body: object) {
    const { kubeconfig, caFile, clusters } = sandbox.state;
    const { users } = kubeconfigSchema.parse(
      parse(await readFile(kubeconfig, 'utf8')),
    );
    const token = users.find(({ name }) => name === `${cluster}-admin`)?.user
      .token;
    const dispatcher = new Agent({
      connect: { ca: await readFile(caFile, 'utf8') },
    });
    const response = await request(`${clusters[cluster].url}${path}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json-patch+json',
      },
      body: JSON.stringify(body),
      dispatcher,
    });
    const text = await response.body.text();
    await dispatcher.close();
    expect([response.statusCode, text]).toEqual([200, expect.any(String)]);
  }

  it('finds the mesh of each cluster', async () => {
    const { clusters } = await mesh.body('admin', '/fleet/clusters');
    expect(
      clusters.map(
        ({ name, meshes }: { name: string; meshes: { mesh: string }[] }) => [
          name,
          ...meshes.map(one => one.mesh),
        ],
      ),
    ).toEqual([
      ['east', 'istio'],
      ['west', 'linkerd'],
    ]);
  });

  it('measures until when what the control planes issue with is good', async () => {
    const answer = await mesh.body('admin', '/fleet/clusters/observed');
    const { clusters } = ROUTES.observedFleetClusters.response.parse(answer);
    expect(
      clusters.map(({ name, meshes }) => [
        name,
        ...meshes.flatMap(one => [
          one.state,
          ...one.certificates.map(({ id, notAfter, validity }) => [
            id,
            notAfter?.slice(0, 4),
            validity.reasons[0].text.replace(
              /-[0-9a-z]{6,10}-[0-9a-z]{5}\b/,
              '',
            ),
          ]),
        ]),
      ]),
    ).toEqual([
      [
        'east',
        'measured',
        [
          'root',
          '2044',
          'Metric citadel_server_root_cert_expiry_timestamp of istio-system/istiod (revision default)',
        ],
        [
          'issuer',
          '2044',
          'Metric citadel_server_root_cert_expiry_timestamp of istio-system/istiod (revision default)',
        ],
      ],
      [
        'west',
        'measured',
        [
          'issuer',
          expect.stringMatching(/^20\d\d$/),
          'Metric issuer_cert_ttl_seconds of linkerd/linkerd-identity',
        ],
      ],
    ]);
  });

  it.each(CASES)('answers for %s by the contract: %s', async (name, route) => {
    const { status, body } = await mesh.get('admin', pathOf(name, route));
    expect(status).toBe(200);
    expect(ROUTES_OF_ENTITIES[route].response.safeParse(body).error).toBe(
      undefined,
    );
  });

  it.each(SERVICES)(
    'opens every object that a reason for %s names',
    async name => {
      const objects = new Map<string, ObjectRef>();
      for (const route of ['mtls', 'routing']) {
        reasonObjects(await mesh.body('admin', pathOf(name, route)), objects);
      }
      expect(objects.size).toBeGreaterThan(0);
      for (const {
        cluster,
        kind,
        namespace,
        name: objectName,
      } of objects.values()) {
        const query = new URLSearchParams({
          cluster,
          kind,
          ...(namespace && { objectNamespace: namespace }),
          objectName,
        });
        const { status, body } = await mesh.get(
          'admin',
          pathOf(name, `object?${query}`),
        );
        expect([kind, objectName, status]).toEqual([kind, objectName, 200]);
        expect(body.content.metadata.name).toBe(objectName);
      }
    },
  );

  it.each(SERVICES)('measures what comes in to %s', async name => {
    const { workloads } = await mesh.body(
      'admin',
      pathOf(name, 'mtls/observed'),
    );
    expect(
      workloads.map(({ total }: { total: { state: string } }) => total.state),
    ).toContain('measured');
  });

  it.each(SERVICES)('has traces in which %s has spans', async name => {
    const { traces, stores } = await mesh.body('admin', pathOf(name, 'traces'));
    expect(stores).toEqual([
      expect.objectContaining({ name: 'sandbox', status: 'answered' }),
    ]);
    expect(traces.length).toBeGreaterThan(0);
    const { trace } = await mesh.body(
      'admin',
      pathOf(name, `traces/${traces[0].traceId}`),
    );
    const own = `component:default/${name}`;
    expect(
      trace.services.map(
        ({ entityRef }: { entityRef?: string }) => entityRef === own,
      ),
    ).toContain(true);
    expect(trace.rows).toHaveLength(trace.spans);
    // Those that a sidecar of Istio or Linkerd has reported, and none that nobody knows.
    expect(trace.services.map(({ role }: { role: string }) => role)).toContain(
      'proxy',
    );
  });

  it('follows a weight that is changed on the cluster', async () => {
    const weights = async () => {
      const { services } = await mesh.body(
        'admin',
        pathOf('reviews', 'routing'),
      );
      return services
        .find(
          ({ service }: { service: ObjectRef }) => service.name === 'reviews',
        )
        ?.ports.flatMap(({ rules }: { rules: { backends: object[] }[] }) =>
          rules.map(({ backends }) => backends),
        )
        .find((backends: object[]) => backends.length === 2)
        ?.map(({ percent }: { percent: number }) => percent);
    };
    expect(await weights()).toEqual([90, 10]);
    await patch(
      'east',
      '/apis/networking.istio.io/v1/namespaces/shop/virtualservices/reviews',
      [50, 50].map((value, index) => ({
        op: 'replace',
        path: `/spec/http/1/route/${index}/weight`,
        value,
      })),
    );
    expect(await mesh.until(weights, ([first]) => first === 50)).toEqual([
      50, 50,
    ]);
  });
});
