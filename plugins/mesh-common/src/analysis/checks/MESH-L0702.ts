import { namespaceOf } from '../../kubernetes/objects';
import { assumedConfig } from '../../linkerd/controlPlaneConfig';
import { defineCheck } from '../check';
import { refOf } from '../naming';

const KIND = 'policy.linkerd.io/EgressNetwork';

export const egressHidesGlobal = defineCheck({
  code: 'MESH-L0702',
  level: 'info',
  title: 'An EgressNetwork hides those that are for all namespaces',
  explanation:
    'The EgressNetworks of the global namespace count for clients of namespaces that have none of their own. With the first one in a namespace none of the global ones counts there any more, not even for addresses that it does not contain.',
  upstream:
    'policy-controller/k8s/index/src/outbound/index/egress_network.rs (linkerd2)',
  mesh: 'linkerd',
  subject: KIND,
  needs: [],
  *run(network, snapshot) {
    const namespace = namespaceOf(network);
    const { globalEgressNamespace } = assumedConfig(snapshot).config;
    const [global] =
      namespace === globalEgressNamespace
        ? []
        : [...snapshot.bucket(KIND, globalEgressNamespace).values()];
    if (global) {
      yield {
        message: `${refOf(
          network,
        )} hides the EgressNetworks of namespace ${globalEgressNamespace} from the clients of ${namespace}, such as ${
          global.metadata.name
        }`,
        field: 'metadata.namespace',
      };
    }
  },
});
