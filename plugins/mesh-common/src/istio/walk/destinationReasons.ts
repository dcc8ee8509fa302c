import { Reason } from '../../contract/common';
import { because } from '../../mesh/answers';
import { ProxyCluster } from '../cluster/cluster';
import { clusterTarget } from '../cluster/target';
import { meshConfig } from '../meshConfig';
import { Way } from './way';

const RULE = 'istio/walk/destination';

/** What says which endpoints a destination has: the subset of a DestinationRule, and the selector of the Service. */
export function destinationReasons(
  { snapshot, proxy }: Way,
  { host, port, subset, service }: ProxyCluster,
): Reason[] {
  const mesh = meshConfig(snapshot);
  const target =
    subset && proxy && mesh.state === 'read'
      ? clusterTarget(
          snapshot,
          { host, port },
          { ...proxy, config: mesh.config },
        )
      : undefined;
  const defined = target?.rule?.subsets.find(
    entry => entry.subset.name === subset,
  );
  return [
    ...(defined
      ? [
          because(RULE, `The labels of subset ${subset} choose the endpoints`, {
            snapshot,
            kind: 'networking.istio.io/DestinationRule',
            object: defined.rule,
            field: `spec.subsets[${defined.index}].labels`,
          }),
        ]
      : []),
    ...(service.service
      ? [
          because(
            RULE,
            service.cluster
              ? `The endpoints are those that the Service of the cluster ${service.cluster} selects: the own cluster has none of the name`
              : 'The endpoints are those that the Service selects',
            {
              snapshot,
              cluster: service.cluster,
              kind: 'Service',
              object: service.service,
              field: 'spec.selector',
            },
          ),
        ]
      : []),
  ];
}

/** The ServiceEntry that gives its hosts no endpoint. */
export function emptyEntry(
  { snapshot }: Way,
  { service: { entry } }: ProxyCluster,
): Reason[] {
  return entry
    ? [
        because(RULE, 'The ServiceEntry gives its hosts no endpoint', {
          snapshot,
          kind: 'networking.istio.io/ServiceEntry',
          object: entry,
          field: entry.spec?.workloadSelector
            ? 'spec.workloadSelector'
            : 'spec.endpoints',
        }),
      ]
    : [];
}
