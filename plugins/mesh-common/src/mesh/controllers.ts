import { Rollout } from '../canary/objects';
import { WorkloadController } from '../kubernetes/core';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { MACHINE_TEMPLATE_KINDS } from './machineKinds';
import { MACHINE_SOURCES } from './machineSources';

const TEMPLATED = [
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
] as const;

const ROLLOUT = 'argoproj.io/Rollout';

/**
 * The kinds of objects that make workloads of a template.
 */
export const CONTROLLER_KINDS = [
  ...TEMPLATED,
  ROLLOUT,
  ...MACHINE_TEMPLATE_KINDS,
] as const;

const index = defineIndex(CONTROLLER_KINDS, ({ objects }) => {
  const controllers = new Map<string, WorkloadController>();
  for (const kindId of TEMPLATED) {
    for (const controller of objects(kindId)) {
      controllers.set(idOf(controller), controller);
    }
  }
  for (const rollout of objects(ROLLOUT)) {
    const controller = rolloutController(rollout, controllers);
    if (controller) {
      controllers.set(idOf(controller), controller);
    }
  }
  for (const source of MACHINE_SOURCES) {
    for (const controller of source.controllersOf(objects)) {
      controllers.set(idOf(controller), controller);
    }
  }
  return controllers;
});

/** The objects of a namespace that make workloads, by `Kind/name`. */
export function controllersIn(
  snapshot: MeshSnapshot,
  namespace: string,
): ReadonlyMap<string, WorkloadController> {
  return index(snapshot, namespace);
}

/**
 * The workloads that Rollouts of a namespace make the pods of, by `Kind/name`: a Rollout that refers to one takes its place,
 * and scales it down.
 *
 * Upstream: argo-rollouts rollout/templateref.go, `TemplateRefResolver.Resolve`.
 */
export const replacedByRollouts = defineIndex(
  [ROLLOUT],
  ({ objects }): ReadonlySet<string> =>
    new Set(objects(ROLLOUT).flatMap(rollout => referredTo(rollout) ?? [])),
);

const made = new WeakMap<object, WorkloadController>();

/** A Rollout with its template, which is its own or that of the workload that it refers to; undefined where that is not there. */
function rolloutController(
  rollout: Rollout,
  controllers: ReadonlyMap<string, WorkloadController>,
): WorkloadController | undefined {
  const reference = referredTo(rollout);
  const referred = reference ? controllers.get(reference) : undefined;
  const template = reference ? referred?.spec.template : rollout.spec?.template;
  if (!template) {
    return undefined;
  }
  const known = made.get(rollout);
  if (known?.spec.template === template) {
    return known;
  }
  const replicas = rollout.spec?.replicas;
  const controller: WorkloadController = {
    apiVersion: rollout.apiVersion,
    kind: rollout.kind,
    metadata: rollout.metadata,
    spec: { ...(replicas !== undefined && { replicas }), template },
  };
  made.set(rollout, controller);
  return controller;
}

function referredTo({ spec }: Rollout): string | undefined {
  const { kind, name } = spec?.workloadRef ?? {};
  return kind && name ? `${kind}/${name}` : undefined;
}

function idOf({ kind, metadata }: WorkloadController): string {
  return `${kind}/${metadata.name}`;
}
