import { clusterOf } from '../__testUtils__/cluster';
import { SnapshotOrigin } from '../snapshot/readState';
import { entitySelection, entityWorkloads } from '../mesh/entityWorkloads';
import { MESHES } from '../mesh/meshes';
import { parsePlace, serviceRouting } from '../mesh/serviceRouting';
import { workloadCallers } from '../mesh/whoMayCall/workloadCallers';
import { workloadMtls } from '../mesh/workloadMtls';
import { findWorkload, workloadsIn } from '../mesh/workloads';
import { ISTIO, istio, namespace, pod, service } from './__testUtils__/istio';

const ENTRY = istio(
  'ServiceEntry',
  'db',
  `{ hosts: [db.internal], location: MESH_INTERNAL, resolution: STATIC,
     ports: [{ number: 3306, name: mysql, protocol: MySQL }, { number: 80, name: http, protocol: HTTP, targetPort: 8080 }],
     workloadSelector: { labels: { app: db } } }`,
);

function machine(spec: string, metadata = ''): string {
  return `
---
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: db-1, namespace: shop, ${metadata} }
spec: { address: 192.0.2.1, labels: { app: db }, ${spec} }
`;
}

const BY_HAND = machine('serviceAccount: db, ports: { http: 8090 }');
const REGISTERED = machine(
  'serviceAccount: db',
  'annotations: { istio.io/autoRegistrationGroup: db, istio.io/connectedAt: "2026-01-01T00:00:00Z" }',
);
const LEFT = machine(
  'serviceAccount: db',
  'annotations: { istio.io/autoRegistrationGroup: db, istio.io/disconnectedAt: "2026-01-01T00:00:00Z" }',
);
const STRICT = istio(
  'PeerAuthentication',
  'db',
  '{ selector: { matchLabels: { app: db } }, mtls: { mode: STRICT }, portLevelMtls: { 3306: { mode: PERMISSIVE } } }',
);
const ALLOW_WEB = istio(
  'AuthorizationPolicy',
  'db',
  '{ selector: { matchLabels: { app: db } }, rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }] }] }',
);
const BASE = ISTIO + namespace('shop') + ENTRY + STRICT;

function mtlsOf(yaml: string, id: string, origin?: SnapshotOrigin) {
  const snapshot = clusterOf(BASE + yaml, { origin });
  const [kind, name] = id.split('/');
  const workload = findWorkload(snapshot, { namespace: 'shop', kind, name });
  if (!workload) {
    throw new Error(`There is no ${id}`);
  }
  const { enrolment, ports, verdict } = workloadMtls(
    snapshot,
    workload,
    MESHES,
    [],
  );
  return {
    mode: enrolment.value,
    verdict: verdict.value,
    ports: ports.map(
      ({ port, accepts }) =>
        `${port} ${accepts.value}${accepts.term ? ` ${accepts.term}` : ''}`,
    ),
    objects: ports.map(({ accepts }) =>
      accepts.reasons.map(({ object }) => `${object?.kind} ${object?.name}`),
    ),
  };
}

describe('a machine outside Kubernetes', () => {
  it('of which nobody sees the proxy has the mode in effect of each port, and is not known to keep it', () => {
    const answer = mtlsOf(BY_HAND, 'WorkloadEntry/db-1');

    expect(answer).toMatchObject({
      mode: 'unknown',
      verdict: 'unknown',
      ports: ['3306 unknown PERMISSIVE', '8090 unknown STRICT'],
    });
    expect(answer.objects[1]).toEqual([
      'networking.istio.io/WorkloadEntry db-1',
      'security.istio.io/PeerAuthentication db',
    ]);
  });

  it.each<[string, string, string, SnapshotOrigin | undefined, object]>([
    [
      'that istiod is connected to takes part',
      REGISTERED,
      'WorkloadGroup/db',
      undefined,
      {
        mode: 'sidecar',
        ports: ['3306 mtls-or-plaintext PERMISSIVE', '8080 mtls-only STRICT'],
      },
    ],
    [
      'that left is not known to',
      LEFT,
      'WorkloadGroup/db',
      undefined,
      { mode: 'unknown' },
    ],
    [
      'is predicted to over files',
      BY_HAND,
      'WorkloadEntry/db-1',
      'files',
      { mode: 'sidecar' },
    ],
    [
      'without a sign of a proxy takes plaintext',
      machine(''),
      'WorkloadEntry/db-1',
      undefined,
      {
        mode: 'none',
        verdict: 'not-in-mesh',
        ports: ['3306 plaintext-only', '8080 plaintext-only'],
      },
    ],
    [
      'of a group that nobody has joined is predicted',
      istio(
        'WorkloadGroup',
        'db',
        '{ metadata: { labels: { app: db } }, template: { serviceAccount: db, ports: { mysql: 3306 } } }',
      ),
      'WorkloadGroup/db',
      undefined,
      { mode: 'sidecar', ports: ['3306 mtls-or-plaintext PERMISSIVE'] },
    ],
  ])('%s', (_, yaml, id, origin, expected) => {
    expect(mtlsOf(yaml, id, origin)).toMatchObject(expected);
  });

  it('says who may call it, by the hosts of ServiceEntries too', () => {
    const decisions = (yaml: string) => {
      const snapshot = clusterOf(BASE + ALLOW_WEB + pod('web') + yaml);
      const [workload] = entityWorkloads(
        snapshot,
        entitySelection({
          'backstage.io/kubernetes-label-selector': 'app=db',
        })!,
      );
      const { ports, callers } = workloadCallers(
        snapshot,
        workload,
        MESHES,
        [],
      );
      return {
        rules: ports.map(({ rules }) => rules.length),
        callers: callers.map(
          ({ workload: caller, class: name, ports: [, http] }) =>
            `${caller?.name ?? name} ${http.decision.value}`,
        ),
        first: callers[0].ports[1].decision.reasons.map(({ text }) => text),
      };
    };

    expect(decisions(REGISTERED)).toMatchObject({
      rules: [1, 1],
      callers: [
        'web-1 allowed',
        'same-namespace denied',
        'elsewhere-in-mesh denied',
        'outside-mesh denied',
      ],
    });
    const unseen = decisions(BY_HAND);
    expect(unseen.rules).toEqual([1, 1]);
    expect(unseen.callers).toContain('web-1 unknown');
    expect(unseen.first).toContainEqual(
      expect.stringMatching(/^If its proxy runs: /),
    );
  });

  it('is a workload behind a Service that selects it, with its port of that name', () => {
    const snapshot = clusterOf(
      BASE +
        BY_HAND +
        service('db', {
          ports: '{ name: http, port: 80, targetPort: 8080 }',
        }),
    );
    const workload = workloadsIn(snapshot, 'shop').get('WorkloadEntry/db-1');

    expect(
      workloadMtls(snapshot, workload!, MESHES, []).ports.map(
        ({ port, services }) => `${port} ${services.length}`,
      ),
    ).toEqual(['3306 0', '8090 1']);
  });

  it('has routes that are not known as a client whose proxy nobody sees', () => {
    const routing = (yaml: string, client: string) => {
      const snapshot = clusterOf(BASE + yaml + pod('web') + service('web'));
      return serviceRouting(
        snapshot,
        snapshot.get('Service', 'shop', 'web')!,
        MESHES,
        parsePlace(snapshot, client),
      ).ports.map(port => port.routing.value);
    };

    expect(routing(BY_HAND, 'shop/WorkloadEntry/db-1')).toEqual(['unknown']);
    expect(routing(REGISTERED, 'shop/WorkloadGroup/db')).toEqual(['service']);
    expect(routing(machine(''), 'shop/WorkloadEntry/db-1')).toEqual([
      'not-in-mesh',
    ]);
  });

  it('is no workload of another mesh', () => {
    const snapshot = clusterOf(
      `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
${machine('')}`,
    );
    const workload = workloadsIn(snapshot, 'shop').get('WorkloadEntry/db-1');

    expect(workloadMtls(snapshot, workload!, MESHES, []).enrolment.mesh).toBe(
      undefined,
    );
  });
});
