import { FleetManifest } from './manifest';

/** A problem that is planted in an object, and the code of the check that finds it there. */
export interface Problem {
  code: string;
  /** Changes the object, which is nobody else's. */
  plant(object: FleetManifest): void;
}

/** One in so many objects of a kind has a problem. */
const ONE_IN = 100;

/** Where in each hundred the problem is, so that a small fleet has some too. */
const PLACE = 7;

/** What goes wrong in real clusters, by the kind where it is written. */
export const PROBLEMS: Readonly<Record<string, readonly Problem[]>> = {
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

/** The problem of the object of this kind and place, if it is one of those with a problem. */
export function problemOf(kind: string, index: number): Problem | undefined {
  const problems = Object.hasOwn(PROBLEMS, kind) ? PROBLEMS[kind] : [];
  return index % ONE_IN === PLACE && problems.length > 0
    ? problems[Math.floor(index / ONE_IN) % problems.length]
    : undefined;
}

/** Whether the pod of this place is one that was made before injection was switched on. */
export function isLeftOut(index: number): boolean {
  return index % ONE_IN === PLACE;
}

/** The code of the check that finds such a pod. */
export const LEFT_OUT_CODE = 'IST0103';

type Members = Record<string, unknown>;

function at(object: FleetManifest, ...path: string[]): Members {
  let value: unknown = object;
  for (const step of path) {
    value = Object(value)[step];
  }
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`${object.kind} has no ${path.join('.')}`);
  }
  return value as Members;
}

function firstOf(object: FleetManifest, ...path: string[]): Members {
  return at(object, ...path, '0');
}

/** The destination of the last route, which all other requests take. */
function destinationOf(object: FleetManifest): Members {
  const routes = at(object, 'spec', 'http');
  const last = String(Number(routes.length) - 1);
  return at(object, 'spec', 'http', last, 'route', '0', 'destination');
}
