import {
  Judgement,
  Measurement,
  pass,
  unknownBecause,
  workloadName,
} from '../measurement';

const RULE = 'checklist/metrics';

/** A metrics store is configured for the cluster, and answers. */
export const monitoring: Measurement = {
  looksAt:
    'The metrics store that is configured for each cluster (mesh.prometheus): it answers.',
  ofTraffic: traffic =>
    traffic.state === 'unknown'
      ? [unread(traffic)]
      : [
          pass('the metrics store of the cluster answers', [
            { rule: RULE, text: 'The metrics store answered' },
          ]),
        ],
};

/**
 * The store has requests (or connections) of each workload. Where it has none nobody knows whether there was
 * no traffic or nobody scrapes the proxies.
 */
export const metricsCollection: Measurement = {
  looksAt:
    'What the metrics store has of the proxies of each workload: requests or connections within the last 15 minutes.',
  ofTraffic: traffic =>
    traffic.state === 'unknown'
      ? [unread(traffic)]
      : traffic.workloads.map(({ workload, traffic: seen }) => {
          const name = workloadName(workload);
          return seen
            ? pass(`the metrics store has the traffic of ${name}`, [
                {
                  rule: RULE,
                  text: `The store has ${seen.unit} of ${name}`,
                },
              ])
            : unknownBecause(
                'not-measured',
                `the metrics store has no traffic of ${name}: there was none, or its proxies are not scraped`,
                [
                  {
                    rule: RULE,
                    text: `The store answered, and has nothing of ${name}`,
                  },
                ],
              );
        }),
};

function unread({
  cause,
  message,
}: {
  cause: Judgement['cause'];
  message: string;
}): Judgement {
  return unknownBecause(cause, message, [{ rule: RULE, text: message }]);
}
