import { matchesSelector } from '../../kubernetes/selectors';
import { because } from '../../mesh/answers';
import { ofSelectingObjects } from '../selectingObjects';
import { Measurement } from '../measurement';

const KIND = 'networking.k8s.io/NetworkPolicy';
const RULE = 'checklist/network-policies';

/** A NetworkPolicy limits who may open a connection to the pods of each workload, below the mesh. */
export const networkPolicies: Measurement = {
  looksAt:
    'NetworkPolicies that select the pods of each workload for ingress. Whether the network enforces them is not seen.',
  ofPart: part =>
    ofSelectingObjects(part, {
      kind: KIND,
      rule: RULE,
      find: (snapshot, { labels, ref }) =>
        [...snapshot.list(KIND, ref.namespace)]
          .filter(
            ({ spec }) =>
              (spec?.policyTypes ?? ['Ingress']).includes('Ingress') &&
              matchesSelector(labels, spec?.podSelector ?? {}),
          )
          .map(object =>
            because(
              RULE,
              `NetworkPolicy ${object.metadata.name} selects the pods for ingress`,
              { snapshot, kind: KIND, object, field: 'spec.podSelector' },
            ),
          ),
      found: name => `a NetworkPolicy selects the pods of ${name}`,
      missing: name => `no NetworkPolicy selects the pods of ${name}`,
    }),
};
