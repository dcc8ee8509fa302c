import { workloadCanaries } from '../../canary/serviceDelivery';
import { CanaryState } from '../../contract/canary';
import { WorkloadRef } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import {
  ChecklistPart,
  fail,
  Judgement,
  Measurement,
  pass,
  unknownBecause,
  workloadName,
} from '../measurement';
import { forwarding, ofHttpPorts } from '../servicePorts';

/** New versions get a part of the requests first: by a Rollout, by a Canary of Flagger, or by weights of a rule. */
export const canary: Measurement = {
  looksAt:
    'A Rollout of Argo Rollouts or a Canary of Flagger that governs a workload and shares requests step by step, or a rule of any HTTP port of the Services that sends shares of its requests to several backends. Canaries by other means are attested.',
  ofPart: part => {
    const governed = part.workloads.flatMap(({ mtls }) =>
      governing(part.snapshot, mtls.workload),
    );
    const ports = byRules(part);
    const found = [...governed, ...ports].filter(
      ({ state }) => state === 'pass',
    );
    // One place where versions are shifted is enough.
    if (found.length > 0) {
      return found;
    }
    const unknown = governed.filter(({ state }) => state === 'unknown');
    return unknown.length > 0 ? unknown : [...governed, ...ports];
  },
};

function byRules(part: ChecklistPart): Judgement[] {
  return ofHttpPorts(part, (port, name) => {
    const split = forwarding(port).find(
      ({ backends }) =>
        backends.filter(({ percent }) => percent > 0).length > 1,
    );
    return split
      ? pass(
          `${split.name} splits the requests to ${name} (${split.backends
            .map(({ percent }) => `${Math.round(percent)} %`)
            .join(', ')})`,
          split.reasons,
        )
      : fail(`no rule of ${name} splits its requests`, port.routing.reasons);
  });
}

function governing(snapshot: MeshSnapshot, workload: WorkloadRef): Judgement[] {
  const canaries = workloadCanaries(snapshot, workload);
  if (canaries.length > 0) {
    return canaries.map(state => judge(snapshot, workload, state));
  }
  const read = snapshot.read('argoproj.io/Rollout');
  return workload.kind === 'Rollout' && read.state !== 'read'
    ? [
        unknownBecause(
          read.state,
          `whether Rollout ${workloadName(
            workload,
          )} makes canaries cannot be read`,
          [{ rule: 'checklist/canary', text: read.message }],
        ),
      ]
    : [];
}

function judge(
  { origin }: MeshSnapshot,
  workload: WorkloadRef,
  { object, strategy, phase, steering }: CanaryState,
): Judgement {
  const kind = object.kind.split('/').pop();
  const name = workloadName(workload);
  const reasons = [...steering.reasons, ...phase.reasons];
  if (strategy === 'blue-green') {
    return fail(
      `${kind} ${object.name} changes all requests to ${name} at once (blue-green)`,
      reasons,
    );
  }
  const { routes } = steering;
  const isUseless =
    routes.length > 0 &&
    routes.every(
      ({ state }) => state.value === 'missing' || state.value === 'ignored',
    );
  if (isUseless) {
    const [{ state }] = routes;
    return fail(
      `${kind} ${object.name} shares no requests to ${name}: ${state.reasons[0].text}`,
      [...state.reasons, ...reasons],
    );
  }
  // Files hold no status; on a cluster nothing happens without a controller.
  return phase.value === 'unknown' && origin === 'cluster'
    ? unknownBecause(
        'not-measured',
        `no controller has said anything of ${kind} ${object.name}`,
        phase.reasons,
      )
    : pass(
        `${kind} ${object.name} shares the requests to ${name} step by step`,
        reasons,
      );
}
