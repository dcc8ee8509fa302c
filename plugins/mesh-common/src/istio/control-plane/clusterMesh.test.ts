import { clusterOf } from '../../__testUtils__/cluster';
import { LONG_CERTIFICATE } from '../../__testUtils__/certificates';
import { ControlPlane } from '../../contract/controlPlane';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { meshSettings, pod } from '../__testUtils__/istio';
import { clusterMesh } from './clusterMesh';

function istiod(
  revision: string,
  image: string,
  options: { ready?: number; env?: string } = {},
): string {
  return `
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: istiod-${revision}
  namespace: istio-system
  labels: { app: istiod, istio.io/rev: ${revision} }
spec:
  replicas: 2
  template:
    metadata: { labels: {} }
    spec:
      containers:
        - { name: sidecar, image: 'other:9' }
        - name: discovery
          image: '${image}'
          env: [${options.env ?? ''}]
status: { readyReplicas: ${options.ready ?? 2} }
`;
}

const SERVICE = `
---
apiVersion: v1
kind: Service
metadata: { name: istiod, namespace: istio-system }
spec: { selector: { app: istiod }, ports: [] }
`;

function injector(
  name: string,
  labels: string,
  client = `{ service: { name: istiod, namespace: istio-system }, caBundle: ${btoa(
    LONG_CERTIFICATE,
  )} }`,
): string {
  return `
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: ${name}, labels: { app: sidecar-injector, ${labels} } }
webhooks:
  - name: rev.namespace.sidecar-injector.istio.io
    clientConfig: ${client}
    namespaceSelector: { matchLabels: { istio-injection: enabled } }
`;
}

const serviceTag = (
  name: string,
  revision: string,
  namespace = 'istio-system',
) =>
  `
---
apiVersion: v1
kind: Service
metadata:
  name: istiod-revision-tag-${name}
  namespace: ${namespace}
  labels: { app: istiod, istio.io/rev: ${revision}, istio.io/tag: ${name} }
spec: { selector: { app: istiod }, ports: [{ port: 15012 }] }
`;

const injected = (name: string, revision: string, image: string) =>
  `
---
apiVersion: v1
kind: Pod
metadata:
  name: ${name}-1
  namespace: shop
  labels: { app: ${name} }
  annotations: { sidecar.istio.io/status: '{"revision":"${revision}"}' }
spec:
  containers: [{ name: istio-proxy, image: '${image}' }]
`;

function planesOf(snapshot: MeshSnapshot): ControlPlane[] {
  return clusterMesh(snapshot)?.controlPlanes ?? [];
}

function planeOf(yaml: string, revision = 'default'): ControlPlane {
  const found = planesOf(clusterOf(yaml)).find(
    plane => (plane.revision ?? 'default') === revision,
  );
  if (!found) {
    throw new TypeError(`There is no control plane ${revision}`);
  }
  return found;
}

function factOf({ facts = [] }: ControlPlane, id: string) {
  const found = facts.find(one => one.id === id);
  if (!found) {
    throw new TypeError(`There is no fact ${id}`);
  }
  const { value, cause, reasons } = found.answer;
  return { value, ...(cause && { cause }), text: reasons[0].text };
}

describe('clusterMesh', () => {
  it('tells revisions, their tags, proxies and the trust domain', () => {
    const mesh = clusterMesh(
      clusterOf(
        meshSettings('trustDomain: td.example') +
          istiod('default', 'docker.io/istio/pilot:1.30.3-distroless') +
          istiod('canary', 'pilot@sha256:0123', { ready: 0 }) +
          SERVICE +
          injector('istio-sidecar-injector', 'istio.io/rev: default') +
          injector(
            'istio-revision-tag-prod',
            'istio.io/rev: default, istio.io/tag: prod',
          ) +
          injected('cart', 'default', 'proxyv2:1.30.3') +
          injected('web', 'default', 'proxyv2:1.29.1') +
          pod('plain', { mode: 'none' }),
      ),
    );
    expect(mesh).toMatchObject({
      mesh: 'istio',
      title: 'Istio',
      trustDomain: 'td.example',
      controlPlanes: [
        {
          revision: 'canary',
          namespace: 'istio-system',
          ready: 0,
          replicas: 2,
          runs: { value: 'here' },
          tags: [],
          proxies: [],
        },
        {
          revision: 'default',
          version: '1.30.3',
          namespace: 'istio-system',
          ready: 2,
          replicas: 2,
          tags: [
            {
              name: 'prod',
              reason: {
                text: 'istio-revision-tag-prod has the tag prod point to revision default',
                object: { name: 'istio-revision-tag-prod' },
                field: 'metadata.labels istio.io/rev',
              },
            },
          ],
          proxies: [
            { version: '1.29.1', pods: 1 },
            { version: '1.30.3', pods: 1 },
          ],
        },
      ],
      proxies: [
        { version: '1.29.1', pods: 1 },
        { version: '1.30.3', pods: 1 },
      ],
    });
    expect(mesh?.controlPlanes[0]).not.toHaveProperty('version');
  });

  it('tells tags that are kept as Services beside istiod, once where a webhook has them as well', () => {
    const yaml =
      istiod('default', 'pilot:1.30.3') +
      injector('tag-prod', 'istio.io/rev: default, istio.io/tag: prod') +
      serviceTag('prod', 'default') +
      serviceTag('waypoints', 'default') +
      serviceTag('elsewhere', 'default', 'shop');
    expect(
      planeOf(yaml).tags?.map(({ name, reason: { text, object, field } }) => [
        name,
        object?.kind,
        text,
        field,
      ]),
    ).toEqual([
      [
        'prod',
        'admissionregistration.k8s.io/MutatingWebhookConfiguration',
        'tag-prod has the tag prod point to revision default',
        'metadata.labels istio.io/rev',
      ],
      [
        'waypoints',
        'Service',
        'Service istio-system/istiod-revision-tag-waypoints has the tag waypoints point to revision default, for gateways and waypoints: no webhook injects sidecars by it',
        'metadata.labels istio.io/rev',
      ],
    ]);
  });

  it('tells a revision to which only a Service points, and that it is gone', () => {
    const plane = planeOf(
      istiod('default', 'pilot:1.30.3') + serviceTag('prod', 'old'),
      'old',
    );
    expect(plane.tags?.map(({ name }) => name)).toEqual(['prod']);
    expect(plane.runs).toMatchObject({
      value: 'gone',
      reasons: [
        { text: expect.stringMatching(/tag prod.*delete the Service/) },
      ],
    });
  });

  it.each<[string, string]>([
    [
      'istiod',
      istiod('default', 'pilot:1.30.3').replace(/istio-system/g, 'mesh'),
    ],
    [
      'the mesh config where no istiod is here',
      meshSettings()
        .replace('rootNamespace: istio-system', 'rootNamespace: root')
        .replace(/istio-system/g, 'mesh') + pod('cart'),
    ],
  ])('looks for the authority beside %s', (_, yaml) => {
    const root = `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-ca-root-cert, namespace: mesh }
data: { root-cert.pem: "${LONG_CERTIFICATE.replace(/\n/g, '\\n')}" }
`;
    const [first, issuer] =
      clusterMesh(clusterOf(yaml + root))?.certificates ?? [];
    expect(first).toMatchObject({
      notAfter: '2120-01-01T00:00:00.000Z',
      validity: { reasons: [{ object: { namespace: 'mesh' } }] },
    });
    expect(issuer.validity.reasons[0].text).toContain('Secret mesh/cacerts');
  });

  it('finds no mesh where nothing is of Istio', () => {
    expect(
      clusterMesh(clusterOf(pod('plain', { mode: 'none' }))),
    ).toBeUndefined();
  });

  it('finds a mesh whose control plane runs elsewhere, and of which nothing is known', () => {
    expect(clusterMesh(clusterOf(pod('cart')))).toMatchObject({
      controlPlanes: [],
      proxies: [{ pods: 1 }],
    });
  });
});

describe('where a revision runs', () => {
  const WITHOUT_SELECTOR = SERVICE.replace('selector: { app: istiod }, ', '');
  const WEBHOOK = injector('istio-sidecar-injector', 'istio.io/rev: r');

  it.each<[string, string, string, RegExp]>([
    [
      'whose webhook asks a URL',
      injector(
        'istiod-managed',
        'istio.io/rev: r',
        '{ url: "https://mesh.example/inject" }',
      ),
      'elsewhere',
      /asks a URL.*managed/,
    ],
    [
      'whose webhook asks a Service without pods of its own',
      WITHOUT_SELECTOR + WEBHOOK,
      'elsewhere',
      /selects no pods/,
    ],
    [
      'whose webhook asks a Service of istiod',
      SERVICE + WEBHOOK,
      'gone',
      /no istiod of this revision is here/,
    ],
    ['whose webhook asks a Service that is gone', WEBHOOK, 'gone', /no istiod/],
    [
      'of which only a tag speaks',
      injector('tag', 'istio.io/rev: r, istio.io/tag: prod'),
      'gone',
      /tag asks Service/,
    ],
    [
      'of which only proxies speak',
      injected('cart', 'r', 'proxyv2:1.29.0'),
      'gone',
      /Proxies were injected by revision r/,
    ],
  ])('%s', (_, yaml, value, text) => {
    const { runs, ready, namespace, facts } = planeOf(yaml, 'r');
    expect(runs).toMatchObject({ value });
    expect(runs?.reasons[0].text).toMatch(text);
    expect([ready, namespace]).toEqual([undefined, undefined]);
    expect(facts?.find(({ id }) => id === 'version')?.answer).toMatchObject({
      value: 'unknown',
      cause: 'absent',
    });
  });

  it('is not known where Deployments may not be read', () => {
    const [plane] = planesOf(
      clusterOf(SERVICE + WEBHOOK, { forbidden: ['apps/Deployment'] }),
    );
    expect(plane.runs).toMatchObject({ value: 'unknown', cause: 'forbidden' });
  });
});

describe('a fact', () => {
  const PILOT = istiod('default', 'pilot:1.30.3');

  it.each<[string, string, string, object]>([
    [
      'the version by the tag of the image',
      PILOT,
      'version',
      { value: 'info', text: 'istiod is of version 1.30.3' },
    ],
    [
      'an image by digest',
      istiod('default', 'pilot@sha256:01'),
      'version',
      {
        value: 'unknown',
        cause: 'not-modelled',
        text: 'The image pilot@sha256:01 has no tag that tells its version',
      },
    ],
    [
      'a mesh config that can be read',
      PILOT + meshSettings(),
      'mesh-config',
      {
        value: 'good',
        text: 'ConfigMap istio-system/istio has it, and it can be read',
      },
    ],
    [
      'a mesh config of another revision',
      PILOT + meshSettings('', 'istio-canary'),
      'mesh-config',
      {
        value: 'unknown',
        cause: 'absent',
        text: expect.stringMatching(
          /^There is no ConfigMap istio with the mesh config of revision default: .*not known$/,
        ),
      },
    ],
    [
      'a mesh config that is none',
      PILOT + meshSettings('enableAutoMtls: perhaps'),
      'mesh-config',
      {
        value: 'unknown',
        cause: 'malformed',
        text: expect.stringContaining('enableAutoMtls'),
      },
    ],
    [
      'no webhook',
      PILOT,
      'injection',
      {
        value: 'notice',
        text: expect.stringContaining('No webhook injects sidecars'),
      },
    ],
    [
      'no proxies',
      PILOT,
      'proxy-skew',
      { value: 'info', text: 'No pod has a proxy of revision default' },
    ],
    [
      'proxies of the same version',
      PILOT + injected('cart', 'default', 'proxyv2:1.30.3'),
      'proxy-skew',
      { value: 'good', text: 'All its proxies are of its version 1.30.3' },
    ],
    [
      'proxies that are supported',
      PILOT + injected('cart', 'default', 'proxyv2:1.28.0'),
      'proxy-skew',
      { value: 'notice', text: expect.stringContaining('1.28.0 (1 pod)') },
    ],
    [
      'proxies that are too old',
      PILOT + injected('cart', 'default', 'proxyv2:1.27.0'),
      'proxy-skew',
      { value: 'bad', text: expect.stringContaining('1.27.0 (1 pod)') },
    ],
    [
      'proxies that are newer',
      PILOT + injected('cart', 'default', 'proxyv2:1.31.0'),
      'proxy-skew',
      { value: 'bad', text: expect.stringContaining('1.31.0') },
    ],
    [
      'proxies that cannot be compared',
      PILOT + injected('cart', 'default', 'proxyv2:mine'),
      'proxy-skew',
      {
        value: 'unknown',
        cause: 'not-modelled',
        text: expect.stringContaining('mine'),
      },
    ],
  ])('of %s', (_, yaml, id, expected) => {
    expect(factOf(planeOf(yaml), id)).toEqual(expected);
  });

  it('is unknown where its input may not be read', () => {
    const [plane] = planesOf(
      clusterOf(PILOT, {
        forbidden: [
          'ConfigMap',
          'admissionregistration.k8s.io/MutatingWebhookConfiguration',
        ],
      }),
    );
    expect(factOf(plane, 'mesh-config').value).toBe('unknown');
    expect(factOf(plane, 'injection').value).toBe('unknown');
  });

  it.each<[string, string, string | undefined]>([
    ['one', PILOT, undefined],
    [
      'several of one version',
      PILOT + istiod('canary', 'pilot:1.30.3'),
      'info',
    ],
    ['several versions', PILOT + istiod('canary', 'pilot:1.31.0'), 'notice'],
    [
      'one that is not known',
      PILOT + istiod('canary', 'pilot:mine'),
      'unknown',
    ],
  ])('of the skew between revisions: %s', (_, yaml, value) => {
    expect(
      clusterMesh(clusterOf(yaml))?.facts?.map(({ answer }) => answer.value),
    ).toEqual(value ? [value] : []);
  });
});

describe('settings', () => {
  it('say what is written, what is a default, and what answers follow', () => {
    const { settings = [] } = planeOf(
      istiod('default', 'pilot:1.30.3', {
        env: `{ name: PILOT_SCOPE_GATEWAY_TO_NAMESPACE, value: 'true' }, { name: PILOT_ENABLE_AMBIENT, value: 'true' }, { name: PASSWORD, value: x }, { name: PILOT_FROM_POD }`,
      }) +
        meshSettings(
          'trustDomain: td.example\ndefaultServiceExportTo: [".", team]\ndiscoverySelectors: [{ matchLabels: { mesh: "on" } }, { matchLabels: { a: b } }]',
        ),
    );
    const told = settings.map(({ name, value, source, followed, reason }) => ({
      is: `${name}=${value}`,
      source,
      followed,
      at: reason.field,
    }));
    expect(told).toEqual(
      expect.arrayContaining([
        {
          is: 'trustDomain=td.example',
          source: 'written',
          followed: true,
          at: 'data.mesh trustDomain',
        },
        expect.objectContaining({
          is: 'enableAutoMtls=true',
          source: 'default',
        }),
        expect.objectContaining({ is: 'defaultServiceExportTo=., team' }),
        expect.objectContaining({
          is: 'discoverySelectors=mesh=on or a=b',
        }),
        {
          is: 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE=true',
          source: 'written',
          followed: true,
          at: 'spec.template.spec.containers[1].env PILOT_SCOPE_GATEWAY_TO_NAMESPACE',
        },
        expect.objectContaining({
          is: 'PILOT_ENABLE_AMBIENT=true',
          followed: false,
        }),
      ]),
    );
    expect(settings.map(({ name }) => name)).not.toContain('PASSWORD');
    expect(settings.map(({ name }) => name)).not.toContain('PILOT_FROM_POD');
    expect(settings.map(({ name }) => name)).not.toContain(
      'defaultVirtualServiceExportTo',
    );
  });

  it('of the mesh are not guessed where its config is not there', () => {
    expect(planeOf(istiod('default', 'pilot:1.30.3')).settings).toEqual([]);
  });
});

describe('webhooks', () => {
  it('are those of the revision, of its tags, and by which it validates', () => {
    const validator = injector(
      'istio-validator',
      'istio.io/rev: default, istio: istiod',
    )
      .replace('MutatingWebhook', 'ValidatingWebhook')
      .replace('app: sidecar-injector', 'app: istiod');
    const { webhooks } = planeOf(
      istiod('default', 'pilot:1.30.3') +
        SERVICE +
        injector('istio-sidecar-injector', 'istio.io/rev: default') +
        injector('tag', 'istio.io/rev: default, istio.io/tag: prod') +
        injector('other', 'istio.io/rev: canary') +
        validator,
    );
    expect(
      webhooks?.map(({ name, purpose, tag, answer }) => [
        name,
        purpose,
        tag,
        answer.value,
      ]),
    ).toEqual([
      ['istio-sidecar-injector', 'injection', undefined, 'good'],
      ['tag', 'injection', 'prod', 'good'],
      ['istio-validator', 'validation', undefined, 'good'],
    ]);
  });
});

describe('components', () => {
  it('are ztunnel and the CNI plugin, by their pods', () => {
    const daemonSet = (name: string, labels: string) => `
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ${name}, namespace: istio-system, labels: { ${labels} } }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    spec: { containers: [{ name: istio-proxy, image: 'ztunnel:1.30.3-distroless' }] }
`;
    const { components } =
      clusterMesh(
        clusterOf(
          istiod('default', 'pilot:1.30.3') +
            daemonSet('ztunnel', 'app: ztunnel') +
            daemonSet('cni', 'k8s-app: istio-cni-node') +
            daemonSet('logs', 'app: logs') +
            pod('ztunnel', { mode: 'none', namespace: 'istio-system' }),
        ),
      ) ?? {};
    expect(components).toMatchObject([
      {
        name: 'ztunnel',
        version: '1.30.3',
        ready: 1,
        replicas: 1,
        answer: { value: 'good' },
      },
      { name: 'cni', ready: 0, replicas: 0, answer: { value: 'bad' } },
    ]);
  });
});
