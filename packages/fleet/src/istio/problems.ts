import { FleetManifest } from '../manifest';
import { at, firstOf, Problems } from '../planted';

/** What goes wrong in real clusters, by the kind where it is written. */
export const ISTIO_PROBLEMS: Problems = {
  Namespace: [
    {
      code: 'IST0102',
      plant: object => {
        object.metadata.labels = {};
      },
    },
  ],
  Service: [
    {
      code: 'IST0118',
      plant: object => {
        firstOf(object, 'spec', 'ports').name = 'web';
      },
    },
  ],
  VirtualService: [
    {
      code: 'IST0101',
      plant: object => {
        destinationOf(object).host = 'gone.nowhere.svc.cluster.local';
      },
    },
    {
      code: 'IST0106',
      plant: object => {
        firstOf(object, 'spec', 'http').timeout = 'soon';
      },
    },
    {
      code: 'IST0101',
      plant: object => {
        destinationOf(object).subset = 'v9';
      },
    },
    {
      code: 'IST0101',
      plant: object => {
        at(object, 'spec').gateways = ['front-door', 'mesh'];
      },
    },
  ],
  DestinationRule: [
    {
      code: 'IST0173',
      plant: object => {
        firstOf(object, 'spec', 'subsets').labels = { version: 'v9' };
      },
    },
    {
      code: 'IST0106',
      plant: object => {
        const policy = at(object, 'spec', 'trafficPolicy');
        policy.outlierDetection = { interval: '30s', maxEjectionPercent: 150 };
      },
    },
  ],
  AuthorizationPolicy: [
    {
      code: 'IST0127',
      plant: object => {
        at(object, 'spec').selector = { matchLabels: { app: 'renamed' } };
      },
    },
    {
      code: 'MESH-0001',
      plant: object => {
        at(object, 'spec').action = 'PERMIT';
      },
    },
  ],
  PeerAuthentication: [
    {
      code: 'MESH-0001',
      plant: object => {
        at(object, 'spec').mtls = { mode: 'MUTUAL' };
      },
    },
  ],
  Gateway: [
    {
      code: 'IST0101',
      plant: object => {
        at(object, 'spec').selector = { istio: 'old-ingressgateway' };
      },
    },
  ],
  ServiceEntry: [
    {
      code: 'IST0106',
      plant: object => {
        firstOf(object, 'spec', 'ports').number = 70_000;
      },
    },
  ],
};

/** The destination of the last route, which all other requests take. */
function destinationOf(object: FleetManifest) {
  const routes = at(object, 'spec', 'http');
  const last = String(Number(routes.length) - 1);
  return at(object, 'spec', 'http', last, 'route', '0', 'destination');
}
