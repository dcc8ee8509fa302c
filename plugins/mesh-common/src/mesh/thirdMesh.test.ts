import { clusterOf } from '../__testUtils__/cluster';
import { judgeMesh, judgePart, measureItems } from '../checklist/evaluate';
import { WalkAnswer } from '../contract/walk';
import { walkAnswerSchema, walkRequestSchema } from '../contract/schemas/walk';
import {
  ISTIO,
  pod as istioPod,
  service,
  serviceOf,
} from '../istio/__testUtils__/istio';
import { KindId } from '../kubernetes/kinds';
import { placementIn } from '../policy/placement';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { arbor } from './__testUtils__/arbor/adapter';
import {
  arborPod,
  CONTROL_PLANE,
  settings,
} from './__testUtils__/arbor/objects';
import { MESHES } from './meshes';
import { requestWalk } from './requestWalk';
import { serviceRouting } from './serviceRouting';
import { evaluateCaller } from './whoMayCall/callerEvaluation';
import { workloadCallers } from './whoMayCall/workloadCallers';
import { workloadMtls } from './workloadMtls';
import { Workload, workloadNamed } from './workloads';

/* A further mesh beside the two real ones, of which nothing outside its adapter knows. */
const THREE = [...MESHES, arbor];

const SHOP =
  ISTIO +
  CONTROL_PLANE +
  arborPod('cart') +
  service('cart') +
  arborPod('web') +
  istioPod('pay') +
  service('pay');

const STRICT = settings(
  'plaintext: refuse, callers: shop/web, route-cart: pay',
);

const clusterWith = (yaml = '', forbidden: KindId[] = []) =>
  clusterOf(SHOP + yaml, { forbidden });

function named(snapshot: MeshSnapshot, name: string): Workload {
  const found = workloadNamed(snapshot, 'shop', `${name}-1`);
  if (!found) {
    throw new TypeError(`There is no ${name}-1`);
  }
  return found;
}

const mtlsOf = (snapshot: MeshSnapshot, name: string) =>
  workloadMtls(snapshot, named(snapshot, name), THREE, []);

function walked(snapshot: MeshSnapshot, from: string): WalkAnswer {
  return requestWalk(
    snapshot,
    walkRequestSchema.parse({
      from: {
        workload: {
          cluster: 'test',
          namespace: 'shop',
          kind: 'Pod',
          name: `${from}-1`,
        },
      },
      host: 'cart',
      port: 80,
    }),
    THREE,
  );
}

describe('a third mesh', () => {
  it('answers for the mTLS of its workloads', () => {
    const { enrolment, ports, clients } = mtlsOf(clusterWith(STRICT), 'cart');
    expect(enrolment).toMatchObject({
      mesh: 'arbor',
      value: 'sidecar',
      pods: { total: 1, inMesh: 1 },
    });
    // The port of its proxy is none of the workload's.
    expect(ports).toMatchObject([
      {
        port: 8080,
        accepts: {
          value: 'mtls-only',
          term: 'refuse',
          reasons: [
            {
              rule: 'arbor/plaintext',
              object: { kind: 'ConfigMap', namespace: 'shop', name: 'arbor' },
              field: 'data.plaintext',
            },
          ],
        },
        verdict: { value: 'protected' },
      },
    ]);
    expect(clients).toContainEqual(
      expect.objectContaining({
        identity: 'shop/web',
        sources: ['allowed'],
        ports: [
          expect.objectContaining({
            sends: expect.objectContaining({ value: 'mtls' }),
          }),
        ],
      }),
    );
  });

  it('leaves the workloads of the others to them', () => {
    const alone = workloadMtls(
      clusterWith(STRICT),
      named(clusterWith(STRICT), 'pay'),
      MESHES,
      [],
    );
    expect(alone.enrolment.mesh).toBe('istio');
    expect(mtlsOf(clusterWith(STRICT), 'pay')).toEqual(alone);
    expect(
      workloadMtls(
        clusterWith(STRICT),
        named(clusterWith(STRICT), 'cart'),
        MESHES,
        [],
      ).enrolment.value,
    ).toBe('none');
  });

  it('is unknown where its settings cannot be read', () => {
    const [port] = mtlsOf(clusterWith('', ['ConfigMap']), 'cart').ports;
    expect(port.accepts).toMatchObject({
      value: 'unknown',
      cause: 'forbidden',
    });
    expect(port.verdict.value).toBe('unknown');
  });

  it('sends plaintext to other meshes, and they to it', () => {
    const snapshot = clusterWith(STRICT);
    const { clients } = workloadMtls(snapshot, named(snapshot, 'pay'), THREE, [
      {
        sources: ['declared'],
        workload: named(snapshot, 'web'),
      },
    ]);
    expect(clients).toContainEqual(
      expect.objectContaining({
        workload: expect.objectContaining({ name: 'web-1' }),
        ports: [
          expect.objectContaining({
            sends: expect.objectContaining({
              value: 'plaintext',
              reasons: [
                expect.objectContaining({
                  text: "web-1 is in Arbor, the server in Istio: neither speaks the other's mutual TLS",
                }),
              ],
            }),
          }),
        ],
      }),
    );
  });

  it('answers who may call', () => {
    const snapshot = clusterWith(STRICT);
    const { mesh, ports } = workloadCallers(
      snapshot,
      named(snapshot, 'cart'),
      THREE,
      [],
    );
    expect(mesh).toBe('arbor');
    expect(ports).toMatchObject([
      { port: 8080, rules: [{ term: 'callers', effect: 'allow' }] },
    ]);
    const callOf = (caller: string) =>
      evaluateCaller(
        snapshot,
        named(snapshot, 'cart'),
        8080,
        named(snapshot, caller),
        {},
        THREE,
      ).decision.value;
    expect(callOf('web')).toBe('allowed');
    expect(callOf('pay')).toBe('denied');
  });

  it('answers for the routes to its Services', () => {
    const routing = (yaml: string) => {
      const snapshot = clusterWith(yaml);
      return serviceRouting(snapshot, serviceOf(snapshot, 'cart'), THREE);
    };
    expect(routing(STRICT)).toMatchObject({
      mesh: 'arbor',
      host: 'cart.shop.arbor.example',
      ports: [
        {
          routing: { value: 'rules' },
          rules: [{ backends: [{ host: 'pay', percent: 100 }] }],
        },
      ],
    });
    expect(routing('').ports).toMatchObject([
      { routing: { value: 'service' }, rules: [] },
    ]);
  });

  it('walks the requests of its clients', () => {
    const answer = walked(clusterWith(), 'web');
    expect(answer).toMatchObject({
      mesh: 'arbor',
      outcome: { value: 'delivered' },
      branches: [{ sends: 'mtls', workloads: [{ name: 'cart-1' }] }],
    });
    expect(walkAnswerSchema.parse(answer)).toEqual(answer);
    expect(walked(clusterWith(STRICT), 'web').outcome.value).toBe('unmeshed');
    expect(walked(clusterWith(STRICT), 'pay').mesh).toBe('istio');
  });

  it('is one of the meshes of its cluster', () => {
    const found = (yaml: string) =>
      THREE.flatMap(mesh => mesh.clusterMesh(clusterOf(yaml)) ?? []);
    expect(found(SHOP)).toContainEqual(
      expect.objectContaining({
        mesh: 'arbor',
        title: 'Arbor',
        controlPlanes: [{ namespace: 'arbor', ready: 1, replicas: 2 }],
      }),
    );
    expect(found(arborPod('cart'))).toEqual([]);
  });

  it('is measured by the checklist', () => {
    const snapshot = clusterWith(STRICT);
    const workload = named(snapshot, 'cart');
    const part = {
      snapshot,
      meshes: THREE,
      workloads: [{ workload, mtls: mtlsOf(snapshot, 'cart'), mesh: arbor }],
      routes: [serviceRouting(snapshot, serviceOf(snapshot, 'cart'), THREE)],
    };
    const measured = measureItems([
      judgePart(part),
      judgeMesh(snapshot, arbor),
    ]);
    const states = Object.fromEntries(
      [...measured].map(([id, { state }]) => [id, state]),
    );
    expect(states).toMatchObject({
      'installation.configure-data-plane-injection': 'pass',
      'installation.install-control-plane': 'pass',
      // Of its two pods one is ready.
      'high-availability.configure-control-plane-replicas': 'fail',
      'security-setup.enable-mtls-for-all-services': 'pass',
      'security-setup.configure-authorization-policies': 'pass',
      // Its clients have no limits that could be set.
      'performance-tuning.configure-connection-pooling': 'not-applicable',
      'traffic-management.set-up-virtual-services': 'pass',
    });
  });

  it('is where new pods go whose namespace asks for it', () => {
    const mesh = (data: string) =>
      placementIn(clusterWith(settings(data)), 'shop', THREE).mesh;
    expect(mesh('join: all')).toBe('arbor');
    expect(mesh('')).toBeUndefined();
  });
});
