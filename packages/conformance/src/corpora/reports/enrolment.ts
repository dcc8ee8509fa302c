import {
  MESHES,
  meshPodsOf,
  workloadEnrolment,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { analyze } from './analyze';
import { Answerer } from './case';
import { workloadNamed } from './workload';

const askSchema = z.object({ workload: z.string() });

/** Whether and how a workload takes part. */
export const enrolment: Answerer = (snapshot, asked, expected) => {
  const workload = workloadNamed(snapshot, askSchema.parse(asked).workload);
  const pods = meshPodsOf(snapshot, workload, MESHES);
  const { value } = workloadEnrolment(workload, pods);
  const [first] = pods;
  const native = value === 'native-sidecar';
  return {
    mode: native ? 'sidecar' : value,
    injected: native || value === 'sidecar',
    native,
    revision: first.enrolment.revision,
    mustNot: analyze(snapshot, true, expected).mustNot,
  };
};
