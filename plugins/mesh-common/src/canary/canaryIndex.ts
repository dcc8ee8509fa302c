import { CanaryState } from '../contract/canary';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { rolloutState } from './argoRollout';
import { flaggerState } from './flaggerCanary';
import { flaggerServices } from './flaggerSteering';
import { FlaggerCanary, Rollout } from './objects';

/** An object of a controller, and what it says once it is asked. */
export interface KnownCanary {
  state(snapshot: MeshSnapshot): CanaryState | undefined;
}

interface CanariesByName {
  byService: ReadonlyMap<string, readonly KnownCanary[]>;
  /** By `Kind/name`. */
  byWorkload: ReadonlyMap<string, readonly KnownCanary[]>;
}

/** The Rollouts and Canaries of a namespace by the Services and workloads that they name. */
export const canariesByName = defineIndex(
  ['argoproj.io/Rollout', 'flagger.app/Canary'],
  ({ objects }): CanariesByName => {
    const byService = new Map<string, KnownCanary[]>();
    const byWorkload = new Map<string, KnownCanary[]>();
    for (const rollout of objects('argoproj.io/Rollout')) {
      const known: KnownCanary = {
        state: snapshot => rolloutState(snapshot, rollout),
      };
      servicesOfRollout(rollout).forEach(name => add(byService, name, known));
      workloadsOfRollout(rollout).forEach(key => add(byWorkload, key, known));
    }
    for (const canary of objects('flagger.app/Canary')) {
      const known: KnownCanary = {
        state: snapshot => flaggerState(snapshot, canary),
      };
      Object.values(flaggerServices(canary)).forEach(name =>
        add(byService, name, known),
      );
      workloadsOfCanary(canary).forEach(key => add(byWorkload, key, known));
    }
    return { byService, byWorkload };
  },
);

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) {
    known.push(value);
  } else {
    map.set(key, [value]);
  }
}

function servicesOfRollout({ spec }: Rollout): Set<string> {
  const { canary, blueGreen } = spec?.strategy ?? {};
  const named = [
    canary?.stableService,
    canary?.canaryService,
    canary?.pingPong?.pingService,
    canary?.pingPong?.pongService,
    canary?.trafficRouting?.smi?.rootService,
    blueGreen?.activeService,
    blueGreen?.previewService,
  ];
  return new Set(named.filter((name): name is string => Boolean(name)));
}

/** A Rollout that refers to a workload makes pods of its own in its place. */
function workloadsOfRollout({ metadata, spec }: Rollout): string[] {
  const { kind, name } = spec?.workloadRef ?? {};
  return [
    `Rollout/${metadata.name}`,
    ...(kind && name ? [`${kind}/${name}`] : []),
  ];
}

/** The workload that people change, and the copy of it that has the requests between changes. */
function workloadsOfCanary({ spec }: FlaggerCanary): string[] {
  const { kind = 'Deployment', name } = spec?.targetRef ?? {};
  return name && kind !== 'Service'
    ? [`${kind}/${name}`, `${kind}/${name}-primary`]
    : [];
}
