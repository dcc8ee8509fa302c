import {
  App,
  appNamespaces,
  appsOf,
  ROOT_NAMESPACE,
  ROOT_PODS,
} from './layout';
import { FleetManifest } from './manifest';
import { controlPlane, rootPods, rootServices } from './objects/controlPlane';
import {
  appPeerAuthentication,
  authorizationPolicyOf,
  destinationRuleOf,
  gatewayOf,
  namespacePeerAuthentication,
  serviceEntryOf,
  virtualServiceOf,
} from './objects/istio';
import { serverMetadata } from './objects/metadata';
import { podOf } from './objects/pod';
import { serviceOf } from './objects/service';
import { isLeftOut, LEFT_OUT_CODE, problemOf } from './planted';
import { Random, randomOf } from './random';
import { FleetCounts, FleetSize, SIZES } from './sizes';

/** An object of a fleet. */
export interface FleetObject {
  object: FleetManifest;
  /** The code of the check that finds what is wrong with it; absent where nothing is. */
  planted?: string;
}

/** The objects of a fleet, kind by kind, made one at a time: a large fleet does not fit into memory twice. */
export function* fleetObjects(options: {
  size: FleetSize;
  seed: number;
}): IterableIterator<FleetObject> {
  const counts = SIZES[options.size];
  const random = randomOf(options.seed);
  const apps = appsOf(counts);
  const outside = new Set(
    appNamespaces(counts).filter((_, index) => problemOf('Namespace', index)),
  );
  yield* without(controlPlane(random));
  yield* planted(namespaces(counts, random));
  yield* without(rootServices(random));
  yield* planted(apps.map(app => serviceOf(app, random)));
  yield* without(rootPods(random));
  yield* pods(apps, counts.Pod - ROOT_PODS, outside, random);
  yield* planted(meshObjects(apps, counts, random));
}

function* namespaces(
  counts: FleetCounts,
  random: Random,
): IterableIterator<FleetManifest> {
  for (const name of [...appNamespaces(counts), ROOT_NAMESPACE]) {
    yield {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        ...serverMetadata(random),
        labels: {
          'kubernetes.io/metadata.name': name,
          ...(name === ROOT_NAMESPACE
            ? { 'istio-injection': 'disabled' }
            : { 'istio-injection': 'enabled' }),
        },
      },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    };
  }
}

/** The pods of the applications; those with subsets have two versions, the others one. */
function* pods(
  apps: readonly App[],
  count: number,
  outside: ReadonlySet<string>,
  random: Random,
): IterableIterator<FleetObject> {
  for (let index = 0; index < count; index++) {
    const app = apps[index % apps.length];
    const round = Math.floor(index / apps.length);
    // Where injection is not asked for, a pod without proxy is as it should be.
    const leftOut = isLeftOut(index) && !outside.has(app.namespace);
    const object = podOf(
      app,
      {
        index,
        version: app.hasSubsets && round % 2 === 1 ? 'v2' : 'v1',
        injected: !leftOut,
      },
      random,
    );
    yield leftOut ? { object, planted: LEFT_OUT_CODE } : { object };
  }
}

function* meshObjects(
  apps: readonly App[],
  counts: FleetCounts,
  random: Random,
): IterableIterator<FleetManifest> {
  const spread = (index: number, count: number) =>
    apps[Math.floor((index * apps.length) / count)];
  for (const app of apps.slice(0, counts.VirtualService)) {
    const gateway = app.index < counts.Gateway ? app.name : undefined;
    yield virtualServiceOf(app, gateway, random);
  }
  for (const app of apps.slice(0, counts.DestinationRule)) {
    yield destinationRuleOf(app, random);
  }
  for (let index = 0; index < counts.AuthorizationPolicy; index++) {
    const callers = Array.from({ length: 1 + random.below(3) }, () =>
      random.pick(apps),
    );
    yield authorizationPolicyOf(
      spread(index, counts.AuthorizationPolicy),
      callers,
      random,
    );
  }
  const names = appNamespaces(counts);
  for (let index = 0; index < counts.PeerAuthentication; index++) {
    const app = index - names.length;
    yield app < 0
      ? namespacePeerAuthentication(names[index], random)
      : appPeerAuthentication(
          spread(app, counts.PeerAuthentication - names.length),
          random,
        );
  }
  for (const app of apps.slice(0, counts.Gateway)) {
    yield gatewayOf(app, random);
  }
  for (let index = 0; index < counts.ServiceEntry; index++) {
    const app = spread(index, counts.ServiceEntry);
    yield serviceEntryOf(app, index, random);
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
  objects: Iterable<FleetManifest>,
): IterableIterator<FleetObject> {
  const seen = new Map<string, number>();
  for (const object of objects) {
    const index = seen.get(object.kind) ?? 0;
    seen.set(object.kind, index + 1);
    const problem = problemOf(object.kind, index);
    problem?.plant(object);
    yield problem ? { object, planted: problem.code } : { object };
  }
}
