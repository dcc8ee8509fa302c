import { Answer } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { workloadOfPod } from '../../mesh/workloads';
import { serviceRoutes } from '../routing/serviceRoutes';
import { OutboundAnswer, OutboundCall } from './call';
import { WalkClient } from './client';
import { NamedPlace } from './names';
import { callByRules, NOTHING } from './serviceRules';

/** What the routes of a Service make of a call, as the place of the client lets it see them. */
export function outboundByRoutes(
  snapshot: MeshSnapshot,
  { namespace, pod }: WalkClient,
  place: NamedPlace,
  { port, method = 'GET', path = '/', headers = {}, host }: OutboundCall,
): OutboundAnswer | Answer<'unknown'> {
  if (place.is !== 'service') {
    return {
      value: 'unknown',
      cause: 'not-modelled',
      reasons: [
        {
          rule: 'istio/walk/route',
          text: 'What the proxy does with a host that is no Service is not looked at',
        },
      ],
    };
  }
  const routes = serviceRoutes(snapshot, place.service, {
    namespace,
    ...(pod && { workload: workloadOfPod(snapshot, pod).ref }),
  });
  const called = routes.ports.find(one => one.port === port);
  return called
    ? callByRules(snapshot, routes.host, called, {
        method,
        path,
        headers,
        authority: host,
      })
    : {
        ...NOTHING,
        outcome: 'passthrough',
        reasons: [
          {
            rule: 'istio/walk/route',
            text: `The Service has no port ${port}`,
          },
        ],
      };
}
