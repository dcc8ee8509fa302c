import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import {
  anyObjects,
  brokenObjects,
  hugeAtEachPlace,
  respelledObjects,
} from '../__testUtils__/anyObjects';
import { WalkRequest } from '../contract/walk';
import { EVERY_KIND } from '../linkerd/__testUtils__/everyKind';
import { linkerd } from '../linkerd/adapter';
import { externalInboundPolicy, inboundPolicy } from '../linkerd/inboundPolicy';
import { injectability } from '../linkerd/injectability';
import { outboundPolicy } from '../linkerd/outbound/outboundPolicy';
import { MESHES } from '../mesh/meshes';
import { requestWalk } from '../mesh/requestWalk';
import { serviceRouting } from '../mesh/serviceRouting';
import { workloadCallers } from '../mesh/whoMayCall/workloadCallers';
import { workloadMtls } from '../mesh/workloadMtls';
import { allWorkloads } from '../mesh/workloads';
import { vendoredSchemas } from '../schema';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { lastStatuses, unreadable } from './__testUtils__/objectStatuses';
import { Analyzer } from './Analyzer';
import { CHECKS } from './catalogue';
import { withSchemas } from './schemaChecks';

// Thousands of objects take their time where others use the machine too.
jest.setTimeout(600_000);

const RUNS = 100;
const OBJECTS = 100;
const ASKED = 4;

const NOW = new Date('2026-11-26T00:00:00Z');

const checks = withSchemas(CHECKS, vendoredSchemas());

const [CONFIG] = EVERY_KIND.filter(
  object => Reflect.get(object, 'kind') === 'ConfigMap',
);

/** The ConfigMap of the control plane, whose values say something else in places. */
const settings = respelledObjects([
  { data: parse(Reflect.get(Reflect.get(CONFIG, 'data'), 'values')) },
]).map(values => ({
  ...CONFIG,
  data: { values: stringify(Reflect.get(Object(values), 'data')) },
}));

function request(host: string, port: number, from: WalkRequest['from']) {
  return {
    from,
    protocol: 'http',
    host,
    port,
    method: 'GET',
    // What some expressions take for ever to look at.
    path: `/${'a'.repeat(50)}!`,
    headers: {},
  } as const;
}

/** Everything that is said of a cluster with Linkerd, for some of its objects. */
function answerAll(snapshot: MeshSnapshot): void {
  linkerd.clusterMesh(snapshot);
  const pods = [...snapshot.list('Pod')].slice(0, ASKED);
  const services = [...snapshot.list('Service')].slice(0, ASKED);
  const workloads = [...allWorkloads(snapshot)].slice(0, ASKED);
  const ports = [80, 8080, 443];
  for (const pod of pods) {
    linkerd.enrolment(snapshot, pod);
    linkerd.identity(snapshot, pod);
    for (const port of ports) {
      inboundPolicy(snapshot, pod, port);
      linkerd.authorization(snapshot, pod, port, 'sidecar');
    }
    injectability({
      namespaceAnnotations: {},
      podAnnotations: pod.metadata.annotations,
      podSpec: pod.spec,
      tokenProjection: true,
    });
  }
  for (const workload of snapshot.list(
    'workload.linkerd.io/ExternalWorkload',
  )) {
    externalInboundPolicy(snapshot, workload, 80);
  }
  for (const service of services) {
    serviceRouting(snapshot, service, MESHES);
    const { name } = service.metadata;
    for (const port of ports) {
      for (const target of [
        { kind: 'Service' as const, namespace: 'a', name },
        { address: service.spec.clusterIP ?? '' },
        { address: '192.0.2.7' },
      ]) {
        outboundPolicy(snapshot, { clientNamespace: 'a', target, port });
      }
    }
  }
  for (const workload of workloads) {
    workloadMtls(snapshot, workload, MESHES, []);
    workloadCallers(snapshot, workload, MESHES, []);
    linkerd.allowedIdentities(snapshot, workload);
    for (const host of [
      'b.a.svc.cluster.local',

      'a.a.svc.cluster.local',
      '192.0.2.7',
      '10.0.0.2',
      '*',
    ]) {
      requestWalk(
        snapshot,
        request(host, 80, { workload: workload.ref }),
        MESHES,
      );
    }
  }
}

describe('with objects of Linkerd that nobody would write', () => {
  it('answers for those that are right', () => {
    const snapshot = MeshSnapshot.of('x', EVERY_KIND);
    answerAll(snapshot);
    expect(unreadable(Analyzer.create(checks).analyze(snapshot))).toEqual(
      new Set(),
    );
  });

  it('says of no value, at whatever place, all that is in it', () => {
    const snapshot = MeshSnapshot.of('x', [
      ...EVERY_KIND,
      ...EVERY_KIND.flatMap(hugeAtEachPlace),
    ]);
    const { findings } = Analyzer.create(checks).analyze(snapshot);
    expect(findings.filter(({ message }) => message.length > 2_000)).toEqual(
      [],
    );
    answerAll(snapshot);
  });

  it('answers, and each object is found at fault, or read, or none of ours', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            { weight: 3, arbitrary: brokenObjects(EVERY_KIND) },
            { weight: 6, arbitrary: respelledObjects(EVERY_KIND) },
            { weight: 1, arbitrary: anyObjects },
            { weight: 1, arbitrary: settings },
          ),
          { minLength: OBJECTS, maxLength: OBJECTS },
        ),
        objects => {
          const snapshot = MeshSnapshot.of('x', [...EVERY_KIND, ...objects]);
          const malformed = unreadable(
            Analyzer.create(checks, [], () => NOW).analyze(snapshot),
          );
          for (const [key, status] of lastStatuses(objects)) {
            expect([key, malformed.has(key)]).toEqual([
              key,
              status === 'malformed',
            ]);
          }
          answerAll(snapshot);
          expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
          expect(Reflect.get({}, 'polluted')).toBeUndefined();
        },
      ),
      { numRuns: RUNS },
    );
  });
});
