import {
  Analyzer,
  CHECKS,
  Finding,
  MeshSnapshot,
  parseObject,
  validateLinkerd,
  withSchemas,
} from 'backstage-plugin-mesh-common';
import { vendoredSchemas } from 'backstage-plugin-mesh-common/schema';
import { fleetObjects } from './fleet';
import { FleetManifest } from './manifest';
import { FleetMeshName, MESHES } from './meshes';
import { countsOf } from './sizes';

describe.each<FleetMeshName>(['istio', 'linkerd'])('a fleet with %s', mesh => {
  const { large, leftOut, problems: known, root } = MESHES[mesh];

  it('is the same for the same seed, and another for another', () => {
    const text = (seed: number) =>
      JSON.stringify([...fleetObjects({ mesh, size: 'S', seed })]);
    expect(text(7)).toBe(text(7));
    expect(text(7)).not.toBe(text(8));
  });

  it('has as many objects of each kind as its size says', () => {
    const counts: Record<string, number> = {};
    for (const { object } of fleetObjects({ mesh, size: 'M', seed: 1 })) {
      counts[object.kind] = (counts[object.kind] ?? 0) + 1;
    }
    expect(counts).toMatchObject(countsOf(large, 'M'));
  });

  it('has pods as large as those of real clusters', () => {
    const sizes = [...fleetObjects({ mesh, size: 'S', seed: 1 })]
      .filter(({ object }) => object.kind === 'Pod')
      .map(({ object }) => JSON.stringify(object).length);
    const mean = sizes.reduce((a, b) => a + b) / sizes.length;
    expect(mean).toBeGreaterThan(10_000);
    expect(mean).toBeLessThan(14_000);
  });

  it('has a problem where one was planted, which the analysis finds, and nowhere else', () => {
    const fleet = [...fleetObjects({ mesh, size: 'M', seed: 1 })];
    const planted = fleet.flatMap(({ object, planted: code }) =>
      code && (object.kind !== 'Pod' || leftOut.of === 'Pod')
        ? `${code} ${keyOf(object)}`
        : [],
    );
    const found = findings(fleet.map(({ object }) => object)).map(nameOf);
    expect([...new Set(found)].sort()).toEqual(planted.sort());
    const share =
      fleet.filter(({ planted: code }) => code).length / fleet.length;
    expect(share).toBeCloseTo(0.01, 2);
  });

  it('has nothing that the parser or a webhook refuses, its problems apart', () => {
    const sound = [...fleetObjects({ mesh, size: 'S', seed: 2 })].flatMap(
      ({ object, planted }) => (planted ? [] : [object]),
    );
    const statuses = sound.map(object => parseObject(object).status);
    expect(new Set(statuses)).toEqual(new Set(['parsed']));
    expect(sound.flatMap(object => validateLinkerd(object))).toEqual([]);
  });

  describe('without its problems', () => {
    const fleet = [...fleetObjects({ mesh, size: 'S', seed: 1 })];
    const sound = fleet
      .filter(({ planted }) => !planted)
      .map(({ object }) => object);

    it('has none', () => {
      // The accounts of pods with problems are there, though the pods are left out.
      const accounts = fleet.flatMap(({ object }) => accountOf(object) ?? []);
      expect(findings([...sound, ...accounts])).toEqual([]);
    });

    it.each(
      Object.entries(known).flatMap(([kind, problems]) =>
        problems.map((problem, index) => ({ kind, index, ...problem })),
      ),
    )('can have problem $index of $kind, found as $code', problem => {
      const place = sound.findIndex(
        ({ kind, metadata }) =>
          kind === problem.kind && metadata.namespace !== root.namespace,
      );
      const object = structuredClone(sound[place]);
      problem.plant(object);
      expect(findings(sound.with(place, object)).map(nameOf)).toContain(
        `${problem.code} ${keyOf(object)}`,
      );
    });
  });
});

const checks = withSchemas(CHECKS, vendoredSchemas());

/** The ServiceAccount of a pod. */
function accountOf({ kind, metadata, spec }: FleetManifest) {
  const name: unknown = Reflect.get(Object(spec), 'serviceAccountName');
  return kind === 'Pod' && typeof name === 'string'
    ? {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name, namespace: metadata.namespace },
      }
    : undefined;
}

function findings(objects: readonly FleetManifest[]): readonly Finding[] {
  return Analyzer.create(checks).analyze(
    MeshSnapshot.of('east', objects, 'files'),
  ).findings;
}

function nameOf({ code, object }: Finding): string {
  const kind = object.kind.slice(object.kind.lastIndexOf('/') + 1);
  return `${code} ${kind} ${object.namespace ?? ''}/${object.name}`;
}

function keyOf({ kind, metadata }: FleetManifest): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}
