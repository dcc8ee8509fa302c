import { isInMesh } from '../../mesh/enrolment';
import {
  fail,
  Measurement,
  pass,
  unknownBecause,
  workloadName,
} from '../measurement';

/** What the configuration of today asks for each workload, whatever runs: to be taken into a mesh. */
export const injection: Measurement = {
  looksAt:
    'What the labels and annotations of the namespace and of the pods ask for each workload, and what the injector (or the ambient mode) makes of it.',
  ofPart: ({ workloads }) =>
    workloads.map(({ mtls: { workload, enrolment } }) => {
      const name = workloadName(workload);
      const { value, cause, reasons } = enrolment.expected ?? enrolment;
      if (value === 'unknown') {
        return unknownBecause(
          cause,
          `it is not known whether ${name} is taken into a mesh`,
          reasons,
        );
      }
      return isInMesh(value) && value !== 'mixed'
        ? pass(`${name} is taken into the mesh (${value})`, reasons)
        : fail(`nothing takes ${name} into a mesh`, reasons);
    }),
};
