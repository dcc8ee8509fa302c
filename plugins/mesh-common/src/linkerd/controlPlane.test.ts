import {
  EXPIRED_CERTIFICATE,
  LONG_CERTIFICATE,
} from '../__testUtils__/certificates';
import { KindId } from '../kubernetes/kinds';
import { clusterOf, CONTROL_PLANE } from './__testUtils__/cluster';
import { clusterMesh } from './controlPlane';

const HA = CONTROL_PLANE.replace(
  'linkerdVersion: edge-26.8.2',
  'linkerdVersion: edge-26.8.2\n    highAvailability: true',
);

function part(
  name: string,
  options: { ready?: number; version?: string } = {},
): string {
  return `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: linkerd-${name}, namespace: linkerd }
spec:
  replicas: 2
  template:
    spec:
      containers:
        - { name: linkerd-proxy, image: 'cr.l5d.io/linkerd/proxy:edge-1' }
        - { name: ${name}, image: 'cr.l5d.io/linkerd/controller:${
    options.version ?? 'edge-26.8.2'
  }' }
status: { readyReplicas: ${options.ready ?? 2} }
`;
}

const PARTS = part('destination') + part('identity') + part('proxy-injector');

function meshed(name: string, version = 'edge-26.8.2', anchors?: string) {
  return `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop }
spec:
  containers:
    - name: linkerd-proxy
      image: 'cr.l5d.io/linkerd/proxy:${version}'
      env: [${
        anchors
          ? `{ name: LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS, value: ${JSON.stringify(
              anchors,
            )} }`
          : ''
      }]
status: { phase: Running }
`;
}

function trustRoots(pem: string): string {
  return `
---
apiVersion: v1
kind: ConfigMap
metadata: { name: linkerd-identity-trust-roots, namespace: linkerd, labels: { linkerd.io/control-plane-ns: linkerd } }
data:
  ca-bundle.crt: ${JSON.stringify(pem)}
`;
}

function definition(name: string, version = 'v1'): string {
  const [plural, ...group] = name.split('.');
  return `
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${name} }
spec:
  group: ${group.join('.')}
  names: { kind: Kind, plural: ${plural} }
  versions: [{ name: ${version}, served: true }]
`;
}

const OWN_KINDS = [
  'authorizationpolicies.policy.linkerd.io',
  'egressnetworks.policy.linkerd.io',
  'externalworkloads.workload.linkerd.io',
  'httplocalratelimitpolicies.policy.linkerd.io',
  'httproutes.policy.linkerd.io',
  'meshtlsauthentications.policy.linkerd.io',
  'networkauthentications.policy.linkerd.io',
  'serverauthorizations.policy.linkerd.io',
  'servers.policy.linkerd.io',
  'serviceprofiles.linkerd.io',
]
  .map(name => definition(name))
  .join('');

function factOf(yaml: string, id: string, forbidden: KindId[] = []) {
  const [plane] =
    clusterMesh(clusterOf(yaml, { forbidden }))?.controlPlanes ?? [];
  const answer = plane?.facts?.find(one => one.id === id)?.answer;
  return answer && { value: answer.value, text: answer.reasons[0].text };
}

describe('clusterMesh', () => {
  it('tells the parts, their versions and the trust domain', () => {
    expect(
      clusterMesh(clusterOf(CONTROL_PLANE + PARTS + meshed('web-1'))),
    ).toMatchObject({
      mesh: 'linkerd',
      trustDomain: 'mesh.example',
      controlPlanes: [
        {
          version: 'edge-26.8.2',
          namespace: 'linkerd',
          ready: 2,
          replicas: 2,
          runs: { value: 'here' },
          components: [
            { name: 'linkerd-destination', version: 'edge-26.8.2', ready: 2 },
            { name: 'linkerd-identity' },
            { name: 'linkerd-proxy-injector' },
          ],
        },
      ],
      proxies: [{ version: 'edge-26.8.2', pods: 1 }],
    });
  });

  it('says nothing of a control plane that is not there', () => {
    expect(clusterMesh(clusterOf(''))).toBeUndefined();
    expect(clusterMesh(clusterOf(meshed('web-1')))).toEqual({
      mesh: 'linkerd',
      title: 'Linkerd',
      controlPlanes: [],
      proxies: [{ version: 'edge-26.8.2', pods: 1 }],
    });
  });
});

describe('a control plane whose settings may not be read', () => {
  it('is unknown, and not said to be elsewhere', () => {
    expect(
      clusterMesh(clusterOf(meshed('web-1'), { forbidden: ['ConfigMap'] })),
    ).toMatchObject({
      controlPlanes: [],
      facts: [
        {
          id: 'control-plane',
          answer: {
            value: 'unknown',
            cause: 'forbidden',
            reasons: [{ text: 'ConfigMap is forbidden' }],
          },
        },
      ],
    });
  });
});

describe('a fact', () => {
  it.each<[string, string, string, string, RegExp]>([
    [
      'the version',
      CONTROL_PLANE + PARTS,
      'version',
      'info',
      /^The control plane is of version edge-26.8.2$/,
    ],
    [
      'a part of another version',
      CONTROL_PLANE + part('identity', { version: 'edge-26.2.1' }),
      'version',
      'notice',
      /linkerd-identity runs edge-26.2.1/,
    ],
    [
      'a version that is not written',
      CONTROL_PLANE.replace('linkerdVersion: edge-26.8.2', 'a: b'),
      'version',
      'unknown',
      /do not say the version/,
    ],
    ['all parts', CONTROL_PLANE + PARTS, 'parts', 'good', /are there/],
    [
      'a missing part',
      CONTROL_PLANE + part('destination') + part('proxy-injector'),
      'parts',
      'bad',
      /no Deployment linkerd\/linkerd-identity: proxies get no certificates/,
    ],
    [
      'no high availability',
      CONTROL_PLANE + PARTS,
      'high-availability',
      'info',
      /not installed for high availability/,
    ],
    [
      'high availability',
      HA + PARTS,
      'high-availability',
      'good',
      /two pods or more/,
    ],
    [
      'high availability with one pod',
      HA + PARTS + part('identity', { ready: 1 }),
      'high-availability',
      'notice',
      /fewer than two pods of linkerd-identity/,
    ],
    [
      'high availability of nothing',
      HA,
      'high-availability',
      'unknown',
      /No Deployment/,
    ],
    ['no proxies', CONTROL_PLANE, 'proxy-skew', 'info', /No pod has a proxy/],
    [
      'proxies of its version',
      CONTROL_PLANE + meshed('a'),
      'proxy-skew',
      'good',
      /All proxies are of its version/,
    ],
    [
      'proxies of another version',
      CONTROL_PLANE + meshed('a') + meshed('b', 'edge-26.2.1'),
      'proxy-skew',
      'notice',
      /edge-26.2.1 \(1 pod\)/,
    ],
    [
      'all kinds',
      CONTROL_PLANE + OWN_KINDS,
      'definitions',
      'good',
      /All of them/,
    ],
    [
      'a missing kind',
      CONTROL_PLANE + OWN_KINDS.replace(/name: servers/, 'name: others'),
      'definitions',
      'bad',
      /there is no servers.policy.linkerd.io$/,
    ],
    [
      'the Gateway API',
      CONTROL_PLANE +
        definition('httproutes.gateway.networking.k8s.io') +
        definition('grpcroutes.gateway.networking.k8s.io'),
      'gateway-api-definitions',
      'good',
      /served in version v1/,
    ],
    [
      'a Gateway API that is too old',
      CONTROL_PLANE +
        definition('httproutes.gateway.networking.k8s.io') +
        definition('grpcroutes.gateway.networking.k8s.io', 'v1alpha2'),
      'gateway-api-definitions',
      'bad',
      /Version v1 of grpcroutes.gateway.networking.k8s.io is not served/,
    ],
    [
      'no injector',
      CONTROL_PLANE,
      'webhook-linkerd-proxy-injector-webhook-config',
      'bad',
      /no MutatingWebhookConfiguration linkerd-proxy-injector-webhook-config: no pod gets a proxy/,
    ],
    [
      'no validator',
      CONTROL_PLANE,
      'webhook-linkerd-sp-validator-webhook-config',
      'notice',
      /without being validated/,
    ],
    [
      'proxies that trust the same',
      CONTROL_PLANE +
        trustRoots(LONG_CERTIFICATE) +
        meshed('a', 'v', `${LONG_CERTIFICATE}\n`),
      'proxies-trust',
      'good',
      /All 1 proxies have them/,
    ],
    [
      'proxies from before a rotation',
      CONTROL_PLANE +
        trustRoots(LONG_CERTIFICATE) +
        meshed('a', 'v', LONG_CERTIFICATE) +
        meshed('b', 'v', EXPIRED_CERTIFICATE),
      'proxies-trust',
      'notice',
      /^1 of 2 proxies have other trust anchors/,
    ],
    [
      'proxies that do not say what they trust',
      CONTROL_PLANE + trustRoots(LONG_CERTIFICATE) + meshed('a'),
      'proxies-trust',
      'info',
      /No proxy says/,
    ],
    [
      'anchors that are not known',
      CONTROL_PLANE + meshed('a', 'v', LONG_CERTIFICATE),
      'proxies-trust',
      'unknown',
      /are not known/,
    ],
  ])('of %s', (_, yaml, id, value, text) => {
    expect(factOf(yaml, id)).toEqual({
      value,
      text: expect.stringMatching(text),
    });
  });

  it.each<[string, KindId]>([
    ['parts', 'apps/Deployment'],
    ['proxy-skew', 'Pod'],
    ['proxies-trust', 'Pod'],
    ['definitions', 'apiextensions.k8s.io/CustomResourceDefinition'],
    [
      'webhook-linkerd-proxy-injector-webhook-config',
      'admissionregistration.k8s.io/MutatingWebhookConfiguration',
    ],
  ])('of %s is unknown where %s may not be read', (id, kind) => {
    expect(factOf(HA + PARTS + trustRoots(''), id, [kind])).toEqual({
      value: 'unknown',
      text: `${kind} is forbidden`,
    });
  });
});

describe('certificates', () => {
  function read(yaml: string) {
    return clusterMesh(clusterOf(CONTROL_PLANE + yaml))?.certificates ?? [];
  }

  it('are the trust anchors, an expired one among them, and the issuer that is kept in a Secret', () => {
    expect(
      read(trustRoots(`${EXPIRED_CERTIFICATE}\n${LONG_CERTIFICATE}`)),
    ).toMatchObject([
      {
        id: 'trust-anchor-1',
        title: 'Trust anchor 1 of 2',
        notAfter: '2021-01-01T00:00:00.000Z',
        warnBelowDays: 60,
        validity: {
          reasons: [
            {
              text: 'It is in ConfigMap linkerd/linkerd-identity-trust-roots',
              field: 'data.ca-bundle.crt',
            },
          ],
        },
      },
      { id: 'trust-anchor-2' },
      {
        id: 'issuer',
        validity: {
          value: 'unknown',
          cause: 'forbidden',
          reasons: [
            { text: expect.stringContaining('linkerd-identity-issuer') },
          ],
        },
      },
    ]);
  });

  it('are the issuer that cert-manager keeps', () => {
    expect(
      read(`
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: issuer, namespace: linkerd }
spec: { secretName: linkerd-identity-issuer, isCA: true }
status:
  notAfter: '2026-11-28T00:00:00Z'
  renewalTime: '2026-11-27T00:00:00Z'
  conditions: [{ type: Ready, status: 'True' }]
`),
    ).toMatchObject([
      { id: 'trust-anchor', validity: { value: 'unknown', cause: 'absent' } },
      {
        id: 'issuer',
        notAfter: '2026-11-28T00:00:00Z',
        renewal: { value: 'good' },
      },
    ]);
  });
});

describe('webhooks', () => {
  it('are those that the chart installs', () => {
    const [plane] =
      clusterMesh(
        clusterOf(`${CONTROL_PLANE}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: linkerd-policy-validator-webhook-config }
webhooks:
  - name: linkerd-policy-validator.linkerd.io
    failurePolicy: Ignore
    clientConfig: { caBundle: '${btoa(
      LONG_CERTIFICATE,
    )}', service: { name: linkerd-policy-validator, namespace: linkerd } }
---
apiVersion: v1
kind: Service
metadata: { name: linkerd-policy-validator, namespace: linkerd }
spec: { ports: [] }
`),
      )?.controlPlanes ?? [];
    expect(plane.webhooks).toMatchObject([
      {
        name: 'linkerd-policy-validator-webhook-config',
        purpose: 'validation',
        answer: { value: 'info' },
        authority: { notAfter: '2120-01-01T00:00:00.000Z', warnBelowDays: 60 },
      },
    ]);
  });
});
