import { because } from '../../mesh/answers';
import { givenByNodes } from '../controllers';
import { Measurement } from '../measurement';
import { ofSelectingObjects } from '../selectingObjects';

const KIND = 'autoscaling/HorizontalPodAutoscaler';
const RULE = 'checklist/autoscaling';

/** A HorizontalPodAutoscaler may change the number of pods of each workload. */
export const autoscaling: Measurement = {
  looksAt:
    'HorizontalPodAutoscalers whose target each workload is, with more pods at most than at least. Scaling by other means is attested.',
  ofPart: part =>
    ofSelectingObjects(part, {
      kind: KIND,
      rule: RULE,
      exempt: givenByNodes,
      find: (snapshot, { ref }) =>
        [...snapshot.list(KIND, ref.namespace)]
          .filter(
            ({ spec: { scaleTargetRef, minReplicas = 1, maxReplicas } }) =>
              scaleTargetRef.kind === ref.kind &&
              scaleTargetRef.name === ref.name &&
              maxReplicas > minReplicas,
          )
          .map(object =>
            because(
              RULE,
              `HorizontalPodAutoscaler ${object.metadata.name} keeps between ${
                object.spec.minReplicas ?? 1
              } and ${object.spec.maxReplicas} pods`,
              { snapshot, kind: KIND, object, field: 'spec.scaleTargetRef' },
            ),
          ),
      found: name => `${name} is scaled by its load`,
      missing: name => `no HorizontalPodAutoscaler scales ${name}`,
    }),
};
