import { clusterOf } from '../__testUtils__/cluster';
import { WorkloadMtls } from '../contract/mtls';
import {
  ISTIO,
  istio as istioObject,
  namespace,
  pod,
  service,
} from '../istio/__testUtils__/istio';
import { KindId } from '../kubernetes/kinds';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { MESHES } from './meshes';
import { KnownClient } from './knownClients';
import { workloadMtls } from './workloadMtls';
import { Workload, workloadsIn } from './workloads';

function workload(
  snapshot: MeshSnapshot,
  key: string,
  place = 'shop',
): Workload {
  const found = workloadsIn(snapshot, place).get(key);
  if (!found) {
    throw new TypeError(`There is no ${key}`);
  }
  return found;
}

function answer(
  yaml: string,
  options: {
    key?: string;
    forbidden?: KindId[];
    declared?: (snapshot: MeshSnapshot) => KnownClient[];
  } = {},
): WorkloadMtls {
  const snapshot = clusterOf(ISTIO + yaml, { forbidden: options.forbidden });
  return workloadMtls(
    snapshot,
    workload(snapshot, options.key ?? 'Pod/cart-1'),
    MESHES,
    options.declared?.(snapshot) ?? [],
  );
}

/** Clients as `who [sources]: what they send`. */
function clients({ clients: all }: WorkloadMtls): string[] {
  return all.map(
    ({ class: name, workload: of, identity, sources, ports }) =>
      `${name ?? of?.name ?? identity} [${sources}]: ${ports
        .map(({ port, sends }) => `${port} ${sends.value}`)
        .join()}`,
  );
}

const CART = pod('cart') + service('cart');
const STRICT = istioObject(
  'PeerAuthentication',
  'default',
  '{ mtls: { mode: STRICT } }',
);

/** A Deployment `cart` with these of its pods. */
function deployment(...pods: string[]): string {
  return `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec: { template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: app, ports: [{ containerPort: 8080 }] }] } } }
${pods
  .map(yaml =>
    yaml.replace(
      'spec:',
      '  ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: cart-5f, controller: true }]\nspec:',
    ),
  )
  .join('')}`;
}

const replica = (name: string, mode: 'sidecar' | 'none') =>
  pod(name, { mode, labels: 'pod-template-hash: 5f' });

describe('workloadMtls', () => {
  it('tells what a port accepts, and who sends what', () => {
    const found = answer(CART + STRICT);
    expect(found).toMatchObject({
      enrolment: { value: 'sidecar', mesh: 'istio', pods: { inMesh: 1 } },
      identity: 'cluster.local/ns/shop/sa/cart',
      ports: [
        {
          port: 8080,
          protocol: 'http',
          services: [{ service: { name: 'cart' }, port: 80 }],
          accepts: { value: 'mtls-only', term: 'STRICT' },
          verdict: { value: 'protected' },
        },
      ],
      verdict: { value: 'protected' },
    });
    expect(clients(found)).toEqual([
      'same-namespace [class]: 8080 mtls',
      'elsewhere-in-mesh [class]: 8080 mtls',
      'outside-mesh [class]: 8080 fails',
    ]);
  });

  it('knows the clients that are declared, and those that a rule names', () => {
    const yaml =
      CART +
      pod('web') +
      pod('jobs', { mode: 'none' }) +
      istioObject(
        'AuthorizationPolicy',
        'cart',
        '{ rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web, cluster.local/ns/shop/sa/ghost] } }] }] }',
      );
    const found = answer(yaml, {
      declared: snapshot => [
        {
          sources: ['declared'],
          entityRef: 'component:default/jobs',
          workload: workload(snapshot, 'Pod/jobs-1'),
        },
        { sources: ['declared'], entityRef: 'component:default/nowhere' },
      ],
    });
    expect(clients(found).slice(0, 4)).toEqual([
      'jobs-1 [declared]: 8080 plaintext',
      'undefined [declared]: ',
      'web-1 [allowed]: 8080 mtls',
      'cluster.local/ns/shop/sa/ghost [allowed]: ',
    ]);
    expect(found.verdict.value).toBe('in-part');
  });

  it('merges what is declared with what a rule names', () => {
    const yaml =
      CART +
      pod('web') +
      istioObject(
        'AuthorizationPolicy',
        'cart',
        '{ rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }] }] }',
      );
    const found = answer(yaml, {
      declared: snapshot => [
        { sources: ['declared'], workload: workload(snapshot, 'Pod/web-1') },
      ],
    });
    expect(clients(found)[0]).toBe('web-1 [declared,allowed]: 8080 mtls');
    expect(found.verdict.value).toBe('mtls-in-use');
  });

  it('says of pods that differ how they do', () => {
    const found = answer(
      deployment(replica('cart', 'sidecar'), replica('old', 'none')) + STRICT,
      { key: 'Deployment/cart' },
    );
    expect(found).toMatchObject({
      enrolment: {
        value: 'mixed',
        pods: { total: 2, inMesh: 1 },
        reasons: [
          { text: expect.stringMatching(/^1 of 2 pods: /) },
          { text: expect.stringMatching(/^1 of 2 pods: /) },
        ],
      },
      ports: [
        {
          accepts: {
            value: 'mtls-or-plaintext',
            reasons: [
              { text: expect.stringContaining('sets STRICT') },
              { text: expect.stringContaining('1 of 2 pods') },
            ],
          },
          verdict: { value: 'in-part' },
        },
      ],
    });
  });

  it('judges a workload without pods by its template', () => {
    const found = answer(
      deployment() + namespace('shop', 'istio-injection: enabled'),
      { key: 'Deployment/cart' },
    );
    expect(found.enrolment).toMatchObject({
      predicted: true,
      pods: { total: 0, inMesh: 0 },
    });
  });

  it('says that a port is plaintext which no proxy carries', () => {
    const found = answer(
      pod('cart', {
        ports: '{ containerPort: 8080 }, { containerPort: 53, protocol: UDP }',
      }) + STRICT,
    );
    expect(
      found.ports.map(({ port, protocol, accepts }) => [
        port,
        protocol,
        accepts.value,
      ]),
    ).toEqual([
      [53, 'udp', 'plaintext-only'],
      [8080, 'detected', 'mtls-only'],
    ]);
    expect(found.verdict.value).not.toBe('protected');
  });

  it('is outside the mesh without a proxy', () => {
    expect(answer(pod('cart', { mode: 'none' }))).toMatchObject({
      verdict: { value: 'not-in-mesh' },
      enrolment: { value: 'none' },
    });
  });

  it('does not take what could not be read for what is not there', () => {
    const found = answer(deployment(), {
      key: 'Deployment/cart',
      forbidden: ['Pod'],
    });
    expect(found).toMatchObject({
      enrolment: { value: 'unknown', cause: 'forbidden' },
      ports: [{ accepts: { value: 'unknown' }, verdict: { value: 'unknown' } }],
      verdict: { value: 'unknown' },
    });
  });

  it('is unknown where the policies of the server could not be read', () => {
    expect(
      answer(CART, { forbidden: ['security.istio.io/PeerAuthentication'] }),
    ).toMatchObject({
      ports: [{ accepts: { value: 'unknown', cause: 'forbidden' } }],
      verdict: { value: 'unknown', cause: 'forbidden' },
    });
  });
});
