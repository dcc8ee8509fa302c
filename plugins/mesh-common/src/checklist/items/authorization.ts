import {
  fail,
  Measurement,
  pass,
  unknownBecause,
  workloadName,
} from '../measurement';

/** Rules name who may call each workload. */
export const authorization: Measurement = {
  looksAt:
    'The AuthorizationPolicies of Istio, or the Servers and authorizations of Linkerd, that apply to each workload: they let in named clients only.',
  ofPart: ({ snapshot, workloads }) =>
    workloads.map(({ workload, mesh, mtls: { enrolment } }) => {
      const name = workloadName(workload.ref);
      if (!mesh || enrolment.value === 'none') {
        return enrolment.value === 'unknown'
          ? unknownBecause(
              enrolment.cause,
              `it is not known which mesh carries ${name}`,
              enrolment.reasons,
            )
          : fail(
              `${name} is not in a mesh, so that anybody may call it`,
              enrolment.reasons,
            );
      }
      const { value, cause, reasons } = mesh.readiness.callers(
        snapshot,
        workload,
      );
      switch (value) {
        case 'restricted':
          return pass(`rules name who may call ${name}`, reasons);
        case 'open':
          return fail(`clients that nobody names may call ${name}`, reasons);
        default:
          return unknownBecause(
            cause,
            `it is not known who may call ${name}`,
            reasons,
          );
      }
    }),
};
