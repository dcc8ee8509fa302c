import {
  fail,
  Judgement,
  Measurement,
  pass,
  unknownBecause,
  workloadName,
} from '../measurement';

/** No port of a workload takes plaintext. */
export const securityPolicies: Measurement = {
  looksAt:
    'What each port of each workload accepts: mutual TLS only, by PeerAuthentication (Istio) or by the policy of the port (Linkerd).',
  ofPart: ({ workloads }) =>
    workloads.flatMap(({ mtls: { workload, ports } }) =>
      ports.map(({ port, accepts }): Judgement => {
        const { value, cause, reasons, term } = accepts;
        const name = `port ${port} of ${workloadName(workload)}`;
        const by = term ? ` (${term})` : '';
        switch (value) {
          case 'unknown':
            return unknownBecause(
              cause,
              `it is not known what ${name} accepts`,
              reasons,
            );
          case 'mtls-only':
          case 'nothing':
            return pass(`${name} takes no plaintext${by}`, reasons);
          default:
            return fail(`${name} takes plaintext${by}`, reasons);
        }
      }),
    ),
};
