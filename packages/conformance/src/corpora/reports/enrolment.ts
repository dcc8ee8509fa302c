import {
  MESHES,
  meshPodsOf,
  workloadEnrolment,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { analyze } from './analyze';
import { Answerer } from './case';
import { workloadNamed } from './workload';
import { decidersOf, Names } from './words';

const askSchema = z.object({ workload: z.string() });

/** Cases of Linkerd, which has one way to take part, name the mesh. */
function modeWord(mode: string, mesh: string | undefined): string {
  if (mode !== 'native-sidecar' && mode !== 'sidecar') {
    return mode;
  }
  return mesh === 'linkerd' ? mesh : 'sidecar';
}

/** Whether and how a workload takes part. */
export const enrolment: Answerer = (snapshot, asked, expected) => {
  const workload = workloadNamed(snapshot, askSchema.parse(asked).workload);
  const pods = meshPodsOf(snapshot, workload, MESHES);
  const {
    value,
    reasons,
    expected: wanted,
  } = workloadEnrolment(workload, pods);
  const [first] = pods;
  const native = value === 'native-sidecar';
  const deciders = decidersOf([...reasons, ...(wanted?.reasons ?? [])]);
  return {
    mode: Names.of(modeWord(value, first.mesh?.id), value),
    expected: wanted?.value ?? value,
    mesh: first.mesh?.id ?? null,
    injected: native || value === 'sidecar',
    native,
    revision: first.enrolment.revision ?? null,
    decider: deciders,
    by: deciders,
    mustNot: analyze(snapshot, true, expected).mustNot,
  };
};
