import { Reason } from '../../contract/common';
import { away } from '../../mesh/walk/away';
import { Found } from '../../mesh/walk/compose';
import { step } from '../../mesh/walk/steps';
import { because } from '../../mesh/answers';
import { routeName } from '../linkerdRoutes';
import { OutboundPolicy } from '../outbound/policy';

import { statusFor, Way } from './way';

const RULE = 'linkerd/walk/route';

/** None of the routes takes it: 404, or a connection that is closed. */
export function nothingTakes(way: Way, policy: OutboundPolicy): Found {
  const status = statusFor(way, 404);
  const reasons: Reason[] = policy.routes.map(({ route }) =>
    because(RULE, `No rule of ${routeName(route)} takes it`, {
      snapshot: way.snapshot,
      kind: route.kind,
      object: route.route,
      field: 'spec.rules',
    }),
  );
  return {
    steps: [
      step(
        'route',
        'ends',
        status === null
          ? 'The connection is closed: none of the routes takes it'
          : '404: with routes, a request that none of their rules takes is answered so',
        [...reasons, ...policy.ignored],
      ),
    ],
    branches: [],
    ending: { outcome: 'no-route', status },
  };
}

/** The traffic policy of an EgressNetwork does not let it out. */
export function refused(way: Way, { parent, reasons }: OutboundPolicy): Found {
  const status = statusFor(way, 403);
  const why =
    parent.kind === 'EgressNetwork'
      ? because(
          RULE,
          `EgressNetwork ${parent.namespace}/${parent.name} lets out only what its routes take`,
          {
            snapshot: way.snapshot,
            kind: 'policy.linkerd.io/EgressNetwork',
            object: parent.object,
            field: 'spec.trafficPolicy',
          },
        )
      : reasons[0];
  return {
    steps: [
      step(
        'route',
        'ends',
        status === null
          ? `The connection is closed: ${why.text}`
          : `403: ${why.text}`,
        [why],
      ),
    ],
    branches: [],
    ending: { outcome: 'denied', status },
  };
}

/** It goes out of the cluster as it is. */
export function outside(way: Way, policy: OutboundPolicy, name: string): Found {
  const reasons: Reason[] = [
    ...policy.reasons,
    {
      rule: RULE,
      text: `The route ${name} lets it out`,
    },
  ];
  return {
    steps: [step('route', 'ok', `${name}: it goes out as it is`, reasons)],
    branches: [away(way.request, way.request.host, reasons)],
  };
}
