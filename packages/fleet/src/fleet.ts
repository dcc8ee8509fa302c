import { App, appNamespaces, appsOf } from './layout';
import { FleetManifest } from './manifest';
import { FleetMesh } from './mesh';
import { FleetMeshName, MESHES } from './meshes';
import { deploymentOf } from './objects/deployment';
import { serverMetadata } from './objects/metadata';
import { podOf } from './objects/pod';
import { serviceOf } from './objects/service';
import { isLeftOut, problemOf } from './planted';
import { Random, randomOf } from './random';
import { countsOf, FleetCounts, FleetSize } from './sizes';

/** Which fleet is made. */
export interface FleetOptions {
  mesh: FleetMeshName;
  size: FleetSize;
  seed: number;
}

/** An object of a fleet. */
export interface FleetObject {
  object: FleetManifest;
  /** The code of the check that finds what is wrong with it, there or at its Deployment; absent where nothing is. */
  planted?: string;
}

/** The objects of a fleet, kind by kind, made one at a time: a large fleet does not fit into memory twice. */
export function* fleetObjects(
  options: FleetOptions,
): IterableIterator<FleetObject> {
  const mesh: FleetMesh = MESHES[options.mesh];
  const counts = countsOf(mesh.large, options.size);
  const random = randomOf(options.seed);
  const apps = appsOf(mesh, counts);
  yield* without(mesh.controlPlane(random));
  yield* planted(mesh, namespaces(mesh, counts, random));
  yield* without(mesh.rootServices(random));
  yield* planted(
    mesh,
    apps.map(app => serviceOf(app, random)),
  );
  if (mesh.leftOut.of === 'Deployment') {
    yield* deployments(mesh, apps, random);
  }
  yield* without(mesh.rootPods(random));
  yield* pods(mesh, apps, counts, random);
  yield* planted(mesh, mesh.objects(apps, counts, random));
}

function* namespaces(
  mesh: FleetMesh,
  counts: FleetCounts,
  random: Random,
): IterableIterator<FleetManifest> {
  for (const name of [...appNamespaces(counts), mesh.root.namespace]) {
    const { labels, annotations } = mesh.namespaceMetadata(
      name === mesh.root.namespace,
    );
    yield {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        ...serverMetadata(random),
        labels: { 'kubernetes.io/metadata.name': name, ...labels },
        ...(annotations && { annotations }),
      },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    };
  }
}

/** The Deployments of the applications, for a mesh whose checks tell of them what is wrong with their pods. */
function* deployments(
  mesh: FleetMesh,
  apps: readonly App[],
  random: Random,
): IterableIterator<FleetObject> {
  for (const app of apps) {
    const object = deploymentOf(app, random);
    yield isLeftOut(app.index)
      ? { object, planted: mesh.leftOut.code }
      : { object };
  }
}

/** The pods of the applications; those with subsets have two versions, the others one. */
function* pods(
  mesh: FleetMesh,
  apps: readonly App[],
  counts: FleetCounts,
  random: Random,
): IterableIterator<FleetObject> {
  const outside = new Set(
    appNamespaces(counts).filter(
      (_, index) =>
        mesh.leftOut.of === 'Pod' &&
        problemOf(mesh.problems, 'Namespace', index),
    ),
  );
  for (let index = 0; index < counts.Pod - mesh.root.pods; index++) {
    const app = apps[index % apps.length];
    const round = Math.floor(index / apps.length);
    const place = mesh.leftOut.of === 'Pod' ? index : app.index;
    // Where injection is not asked for, a pod without proxy is as it should be.
    const leftOut = isLeftOut(place) && !outside.has(app.namespace);
    const object = podOf(
      app,
      {
        index,
        version: app.hasSubsets && round % 2 === 1 ? 'v2' : 'v1',
        injected: !leftOut,
      },
      mesh,
      random,
    );
    yield leftOut ? { object, planted: mesh.leftOut.code } : { object };
  }
}

function* without(
  objects: Iterable<FleetManifest>,
): IterableIterator<FleetObject> {
  for (const object of objects) {
    yield { object };
  }
}

function* planted(
  mesh: FleetMesh,
  objects: Iterable<FleetManifest>,
): IterableIterator<FleetObject> {
  const seen = new Map<string, number>();
  for (const object of objects) {
    const index = seen.get(object.kind) ?? 0;
    seen.set(object.kind, index + 1);
    const problem = problemOf(mesh.problems, object.kind, index);
    problem?.plant(object);
    yield problem ? { object, planted: problem.code } : { object };
  }
}
