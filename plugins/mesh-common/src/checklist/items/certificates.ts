import { isInMesh } from '../../mesh/enrolment';
import {
  fail,
  Measurement,
  pass,
  unknownBecause,
  workloadName,
} from '../measurement';

/** Each workload presents an identity, for which its mesh gives its proxies a certificate. */
export const certificates: Measurement = {
  looksAt:
    'The identity that the proxies of each workload present. The certificates themselves are not read.',
  ofPart: ({ workloads }) =>
    workloads.map(({ mtls: { workload, enrolment, identity, ports } }) => {
      const name = workloadName(workload);
      const { value, cause, reasons } = enrolment;
      if (value === 'unknown') {
        return unknownBecause(
          cause,
          `it is not known whether ${name} has a proxy`,
          reasons,
        );
      }
      if (!isInMesh(value)) {
        return fail(`${name} has no proxy, so no certificate`, reasons);
      }
      const accepts = ports.map(port => port.accepts);
      if (identity) {
        return pass(`${name} presents ${identity}`, reasons);
      }
      const unread = accepts.find(answer => answer.value === 'unknown');
      return unread
        ? unknownBecause(
            unread.cause,
            `it is not known which identity ${name} presents`,
            unread.reasons,
          )
        : fail(
            `the proxies of ${name} present no identity`,
            accepts[0]?.reasons ?? reasons,
          );
    }),
};
