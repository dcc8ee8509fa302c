import { Analyzer } from '../analysis/Analyzer';
import { CHECKS } from '../analysis/catalogue';
import { MESHES } from '../mesh/meshes';
import { serviceRouting } from '../mesh/serviceRouting';
import { workloadCallers } from '../mesh/whoMayCall/workloadCallers';
import { workloadMtls } from '../mesh/workloadMtls';
import { workloadsIn } from '../mesh/workloads';
import { pod } from '../istio/__testUtils__/istio';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { PlaceName, placementOf, placeWith } from './__testUtils__/places';
import { generatePolicies, policyFiles, satisfiedItems } from './generate';
import { identitiesOf } from './identities';
import { PolicyIntent, policyIntentSchema } from './intent';

const INTENT = policyIntentSchema.parse({
  name: 'cart',
  port: 8080,
  callers: [
    {
      entityRef: 'component:default/web',
      namespace: 'shop',
      serviceAccount: 'web',
    },
  ],
  probes: ['/healthz'],
  resilience: {
    timeout: '3s',
    retries: { attempts: 2, perTryTimeout: '1s', idempotent: true },
    circuitBreaker: { consecutiveErrors: 5 },
    maxConnections: 100,
  },
});

function generated(place: PlaceName, intent: PolicyIntent = INTENT) {
  const task = { intent, placement: placementOf(place) };
  const policies = generatePolicies(task);
  const files = policyFiles(task, policies);
  return {
    ...policies,
    files,
    objects: policies.manifests.map(({ object }) => object),
    snapshot: placeWith(
      place,
      files.map(({ content }) => content).join('---\n'),
    ),
  };
}

const MESHED: PlaceName[] = ['sidecar', 'ambient', 'waypoint', 'linkerd'];

function mtlsOf(place: PlaceName, intent?: PolicyIntent) {
  const { snapshot } = generated(place, intent);
  const workloads = workloadsIn(snapshot, 'shop');
  const cart = [...workloads.values()].find(({ ref }) =>
    ref.name.startsWith('cart'),
  );
  const web = [...workloads.values()].find(({ ref }) =>
    ref.name.startsWith('web'),
  );
  if (!cart || !web) {
    throw new Error('The place has no cart, or no web');
  }
  return workloadMtls(snapshot, cart, MESHES, [
    { sources: ['declared'], workload: web },
  ]);
}

describe.each(MESHED)('%s', place => {
  it.each<[string, Partial<PolicyIntent>]>([
    ['the whole intent', {}],
    ['without callers', { callers: [] }],
    ['gRPC', { protocol: 'grpc' }],
    ['TCP', { protocol: 'tcp', probes: [] }],
    ['without resilience', { resilience: {} }],
  ])('%s: our own analysis finds nothing', (_, part) => {
    const { snapshot } = generated(place, { ...INTENT, ...part });
    const { findings, skipped } = Analyzer.create(CHECKS).analyze(snapshot);
    expect(findings).toEqual([]);
    expect(skipped).toEqual([]);
  });

  it('accepts mutual TLS only, which the caller sends', () => {
    const { ports, clients } = mtlsOf(place);
    expect(
      ports.map(({ port, accepts }) => [port, accepts.value]),
    ).toContainEqual([8080, 'mtls-only']);
    const web = clients.find(({ workload }) =>
      workload?.name.startsWith('web'),
    );
    expect(web?.sources).toContain('allowed');
    expect(web?.ports).toMatchObject([
      { port: 8080, sends: { value: 'mtls' } },
    ]);
  });

  it('names nobody but the caller', () => {
    const { clients } = mtlsOf(place);
    const allowed = clients.filter(({ sources }) =>
      sources.includes('allowed'),
    );
    expect(
      allowed.map(({ workload }) => workload?.name.replace(/-1$/, '')),
    ).toEqual(place === 'waypoint' ? ['web', 'gate'] : ['web']);
  });

  it('lets nobody in where no caller is named', () => {
    const { clients } = mtlsOf(place, { ...INTENT, callers: [] });
    expect(
      clients.filter(
        ({ sources, workload }) =>
          sources.includes('allowed') && workload?.name !== 'gate-1',
      ),
    ).toEqual([]);
    expect(generated(place, { ...INTENT, callers: [] }).notes).toContain(
      'No caller is named: nobody may call the service until one is allowed',
    );
  });

  it('is for the production checklist what the manifests are', () => {
    const { manifests } = generated(place);
    const items = satisfiedItems(manifests).map(({ item }) => item);
    expect(items).toEqual(
      expect.arrayContaining([
        'Enable mTLS for all services',
        'Configure authorization policies',
        'Configure security policies',
      ]),
    );
    expect(items.includes('Set up circuit breakers')).toBe(place !== 'ambient');
    expect(items.includes('Set up virtual services')).toBe(
      place === 'sidecar' || place === 'waypoint',
    );
  });
});

function routesOf(place: PlaceName) {
  const { snapshot, notes } = generated(place);
  const service = snapshot.get('Service', 'shop', 'cart');
  if (!service) {
    throw new Error('No Service was generated');
  }
  const [port] = serviceRouting(snapshot, service, MESHES).ports;
  return { port, notes };
}

it.each<PlaceName>(['sidecar', 'waypoint', 'linkerd'])(
  '%s: routes are what the intent asks for',
  place => {
    const { port, notes } = routesOf(place);
    expect(port.rules).toMatchObject([
      {
        timeout: { ms: 3000 },
        retries: { attempts: 2, perTryTimeoutMs: 1000 },
      },
    ]);
    expect(port.rules[0].retries?.on).toContain('5xx');
    expect(JSON.stringify(port.destinations)).toContain('"ejectsAfter"');
    expect(notes.join()).not.toContain('needs a waypoint');
  },
);

it('ambient without a waypoint has no routes, and says what needs one', () => {
  const { port, notes } = routesOf('ambient');
  expect(port.rules).toEqual([]);
  expect(notes.filter(note => note.startsWith('needs a waypoint'))).toEqual([
    expect.stringContaining('the timeout of 3s'),
    expect.stringContaining('the 2 retries'),
    expect.stringContaining('the circuit breaker'),
    expect.stringContaining('the limit of connections'),
    expect.stringContaining('rules for methods, paths and headers'),
  ]);
});

it.each<[PlaceName, string[]]>([
  [
    'sidecar',
    [
      'service-account',
      'service',
      'peer-authentication',
      'authorization-policy',
      'destination-rule',
      'virtual-service',
    ],
  ],
  [
    'ambient',
    [
      'service-account',
      'service',
      'peer-authentication',
      'authorization-policy',
    ],
  ],
  [
    'waypoint',
    [
      'service-account',
      'service',
      'peer-authentication',
      'authorization-policy',
      'authorization-policy-through-waypoint',
      'destination-rule',
      'virtual-service',
    ],
  ],
  [
    'linkerd',
    [
      'service-account',
      'service',
      'server',
      'mesh-tls-authentication-callers',
      'authorization-policy-callers',
      'http-route',
      'http-route-probes',
      'network-authentication-probes',
      'authorization-policy-probes',
    ],
  ],
])('%s gets these files', (place, names) => {
  expect(generated(place).files.map(({ path }) => path)).toEqual(
    names.map(name => `manifests/${name}.yaml`),
  );
});

describe('Istio', () => {
  it('lets the waypoint alone reach the pods behind it, under its real account', () => {
    const { objects } = generated('waypoint');
    expect(
      objects.find(({ metadata }) => metadata.name === 'cart-through-waypoint'),
    ).toMatchObject({
      spec: {
        rules: [
          {
            from: [
              {
                source: {
                  principals: ['cluster.local/ns/shop/sa/gate-runner'],
                },
              },
            ],
          },
        ],
      },
    });
  });

  describe('callers that go past the waypoint', () => {
    const FRONT = `${pod('checkout', { namespace: 'front' })}${pod('other', {
      namespace: 'front',
    })}`;

    function workloadOf(snapshot: MeshSnapshot, where: string, name: string) {
      const found = workloadsIn(snapshot, where).get(`Pod/${name}-1`);
      if (!found) {
        throw new Error(`There is no ${where}/${name}`);
      }
      return found;
    }

    /** What is generated for the sidecar `checkout` and the ambient `web`, as the portal knows them. */
    function chain() {
      const before = placeWith('waypoint', FRONT);
      const known = [
        workloadOf(before, 'front', 'checkout'),
        workloadOf(before, 'shop', 'web'),
      ];
      const callers = identitiesOf(before, known, MESHES).map(
        ({ namespace, serviceAccount, mode }) => ({
          namespace,
          serviceAccount,
          modes: [mode],
        }),
      );
      const { files, notes, objects } = generated('waypoint', {
        ...INTENT,
        callers,
      });
      const snapshot = placeWith(
        'waypoint',
        [FRONT, ...files.map(({ content }) => content)].join('---\n'),
      );
      return { snapshot, notes, objects };
    }

    it('lets them in at the pods, as who may call has it', () => {
      const { snapshot } = chain();
      const { callers } = workloadCallers(
        snapshot,
        workloadOf(snapshot, 'shop', 'cart'),
        MESHES,
        [
          ['front', 'checkout'],
          ['front', 'other'],
          ['shop', 'stranger'],
        ].map(([where, name]) => ({
          sources: ['declared'],
          workload: workloadOf(snapshot, where, name),
        })),
      );
      const decided = callers.flatMap(({ workload, ports }) =>
        workload ? [[workload.name, ports[0].decision.value]] : [],
      );
      expect(Object.fromEntries(decided)).toMatchObject({
        'checkout-1': 'allowed',
        'other-1': 'denied',
        'stranger-1': 'denied',
      });
    });

    it('admits them alone beside the waypoint, and says what does not hold for them', () => {
      const { objects, notes } = chain();
      expect(
        objects.find(
          ({ metadata }) => metadata.name === 'cart-through-waypoint',
        ),
      ).toMatchObject({
        spec: {
          rules: [
            {
              from: [
                {
                  source: {
                    principals: [
                      'cluster.local/ns/front/sa/checkout',
                      'cluster.local/ns/shop/sa/gate-runner',
                    ],
                  },
                },
              ],
            },
          ],
        },
      });
      expect(notes.filter(note => note.includes('past the waypoint'))).toEqual([
        'front/checkout (sidecar) goes past the waypoint shop/gate straight to the pods and is let in there by its identity: of the rules only those for connections (L4) hold for it, none of the waypoint',
      ]);
    });

    it.each<[string, PolicyIntent['callers'][number]['modes']]>([
      ['without pods', []],
      ['that nothing is said of', undefined],
      ['with pods that do not tell', ['unknown']],
    ])('says that it is not known of a caller %s', (_, modes) => {
      const { notes } = generated('waypoint', {
        ...INTENT,
        callers: [{ ...INTENT.callers[0], modes }],
      });
      expect(notes).toContain(
        'It is not known how component:default/web, account shop/web, takes part in the mesh: unless it does so in ambient mode, it goes past the waypoint shop/gate and is refused at the pods',
      );
    });
  });

  it('retries what never reached the service, unless requests are idempotent', () => {
    const { objects } = generated('sidecar', {
      ...INTENT,
      resilience: { retries: { attempts: 2, idempotent: false } },
    });
    expect(objects.find(({ kind }) => kind === 'VirtualService')).toMatchObject(
      {
        spec: {
          http: [{ retries: { retryOn: 'connect-failure,refused-stream' } }],
        },
      },
    );
  });

  it('says where later retries never start', () => {
    const { notes } = generated('sidecar', {
      ...INTENT,
      resilience: {
        timeout: '2s',
        retries: { attempts: 3, perTryTimeout: '1s', idempotent: true },
      },
    });
    expect(notes).toContain(
      'If every try takes 1s, the timeout of 2s ends the request after 2 of 4 tries: the last retries never start',
    );
  });

  it('writes no identity without a trust domain', () => {
    const { trustDomain: _, ...placement } = placementOf('sidecar');
    expect(() => generatePolicies({ intent: INTENT, placement })).toThrow(
      /trust domain of the mesh on test is not known/,
    );
  });
});

describe('Linkerd', () => {
  it('carries the resilience in annotations of the Service', () => {
    const { objects } = generated('linkerd');
    expect(
      objects.find(({ kind }) => kind === 'Service')?.metadata.annotations,
    ).toEqual({
      'timeout.linkerd.io/request': '3s',
      'retry.linkerd.io/http': '5xx',
      'retry.linkerd.io/limit': '2',
      'retry.linkerd.io/timeout': '1s',
      'balancer.linkerd.io/failure-accrual': 'consecutive',
      'balancer.linkerd.io/failure-accrual-consecutive-max-failures': '5',
      'balancer.linkerd.io/failure-accrual-consecutive-min-penalty': '30s',
      'balancer.linkerd.io/failure-accrual-consecutive-max-penalty': '60s',
    });
  });

  it.each([0, 1])(
    'never writes a policy that asks for no authentication: %d callers',
    count => {
      const callers = INTENT.callers.slice(0, count);
      const policies = generated('linkerd', {
        ...INTENT,
        callers,
      }).objects.filter(({ kind }) => kind === 'AuthorizationPolicy');
      expect(policies).toHaveLength(1 + count);
      for (const { spec } of policies) {
        expect(spec).toMatchObject({
          requiredAuthenticationRefs: [expect.anything()],
        });
      }
    },
  );

  it('does not retry what may not be sent twice', () => {
    const { objects, notes } = generated('linkerd', {
      ...INTENT,
      resilience: { retries: { attempts: 2, idempotent: false } },
    });
    expect(
      objects.find(({ kind }) => kind === 'Service')?.metadata.annotations,
    ).toBeUndefined();
    expect(notes.join()).toContain('Retries are not written');
  });

  it('says that probes are refused where their paths are not given', () => {
    const { objects, notes } = generated('linkerd', { ...INTENT, probes: [] });
    expect(objects.map(({ kind }) => kind)).not.toContain(
      'NetworkAuthentication',
    );
    expect(notes.join()).toContain('HTTP probes on port 8080 would be refused');
  });
});

it.each<[string, () => unknown, string]>([
  [
    'no mesh',
    () => generatePolicies({ intent: INTENT, placement: placementOf('bare') }),
    'namespace: no mesh would carry a new pod of shop on test',
  ],
  [
    'an unknown mode',
    () =>
      generatePolicies({
        intent: INTENT,
        placement: {
          cluster: 'east',
          namespace: 'shop',
          mode: {
            value: 'unknown',
            reasons: [{ rule: 'x', text: 'Pods are forbidden' }],
          },
        },
      }),
    'namespace: it is not known which mesh would carry a new pod of shop on east: Pods are forbidden',
  ],
  [
    'a mesh without generator',
    () =>
      generatePolicies(
        { intent: INTENT, placement: placementOf('linkerd') },
        [],
      ),
    'namespace: shop on test is in linkerd, whose policies cannot be written',
  ],
])('refuses %s', (_, generate, message) => {
  expect(generate).toThrow(expect.objectContaining({ name: 'PolicyError' }));
  expect(generate).toThrow(message);
});
