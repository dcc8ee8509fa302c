import {
  fail,
  Judgement,
  Measurement,
  pass,
  workloadName,
} from '../measurement';
import { forwarding, ofHttpPorts } from '../servicePorts';

/** New versions get a part of the requests first: by weights of a rule, or as an Argo Rollout. */
export const canary: Measurement = {
  looksAt:
    'A rule of any HTTP port of the Services that sends shares of its requests to several backends, or a workload that is a Rollout. Canaries by other means are attested.',
  ofPart: part => {
    const rollouts: Judgement[] = part.workloads.flatMap(
      ({ mtls: { workload } }) =>
        workload.kind === 'Rollout'
          ? [
              pass(`${workloadName(workload)} is a Rollout`, [
                {
                  rule: 'checklist/canary',
                  text: 'Rollouts shift traffic step by step',
                },
              ]),
            ]
          : [],
    );
    const ports = ofHttpPorts(part, (port, name) => {
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
    const found = [
      ...rollouts,
      ...ports.filter(({ state }) => state === 'pass'),
    ];
    // One place where versions are shifted is enough.
    return found.length > 0 ? found : ports;
  },
};
