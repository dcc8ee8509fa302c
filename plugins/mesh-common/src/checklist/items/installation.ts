import { isInMesh } from '../../mesh/enrolment';
import {
  fail,
  Measurement,
  pass,
  unknownBecause,
  workloadName,
} from '../measurement';

/** What runs: every pod of each workload is in the mesh, and ready. */
export const installation: Measurement = {
  looksAt:
    'The pods of each workload: all of them run a proxy (or have their traffic redirected to one), and are ready.',
  ofPart: ({ workloads }) =>
    workloads.map(({ mtls: { workload, enrolment } }) => {
      const name = workloadName(workload);
      const { value, cause, reasons, pods } = enrolment;
      if (value === 'unknown') {
        return unknownBecause(
          cause,
          `it is not known what runs in the pods of ${name}`,
          reasons,
        );
      }
      if (pods.total === 0) {
        return fail(`${name} has no pods`, reasons);
      }
      const text = `${pods.inMesh} of ${pods.total} pods of ${name} are in the mesh, ${pods.ready} are ready`;
      return isInMesh(value) &&
        pods.inMesh === pods.total &&
        pods.ready === pods.total
        ? pass(text, reasons)
        : fail(text, reasons);
    }),
};
