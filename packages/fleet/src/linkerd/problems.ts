import { at, firstOf, Problems } from '../planted';

/** What goes wrong in real clusters with Linkerd, by the kind where it is written. */
export const LINKERD_PROBLEMS: Problems = {
  Namespace: [
    {
      code: 'MESH-L0504',
      plant: object => {
        at(object, 'metadata', 'annotations')[
          'linkerd.io/skip-outbound-ports'
        ] = '5432';
      },
    },
  ],
  Service: [
    {
      code: 'MESH-L0402',
      plant: object => {
        firstOf(object, 'spec', 'ports').appProtocol = 'grpc';
      },
    },
    {
      code: 'MESH-L0504',
      plant: object => {
        at(object, 'metadata', 'annotations')['linkerd.io/opaque-ports'] =
          '9090';
      },
    },
  ],
  Server: [
    {
      code: 'MESH-L0101',
      plant: object => {
        at(object, 'spec').port = 'grpc-web';
      },
    },
    {
      code: 'MESH-L0001',
      plant: object => {
        at(object, 'spec').proxyProtocol = 'HTTP';
      },
    },
  ],
  AuthorizationPolicy: [
    {
      code: 'MESH-L0201',
      plant: object => {
        at(object, 'spec', 'targetRef').name = 'renamed';
      },
    },
  ],
  MeshTLSAuthentication: [
    {
      code: 'MESH-L0001',
      plant: object => {
        // Without any identity, the policies that name the object would be void too.
        object.spec = { identities: ['system:serviceaccount:default:caller'] };
      },
    },
  ],
  NetworkAuthentication: [
    {
      code: 'MESH-L0001',
      plant: object => {
        firstOf(object, 'spec', 'networks').cidr = '10.20.0.0/40';
      },
    },
  ],
  HTTPRoute: [
    {
      code: 'MESH-L0301',
      plant: object => {
        firstOf(object, 'spec', 'parentRefs').name = 'renamed';
        // As it is before the controller has seen the route.
        delete object.status;
      },
    },
  ],
  GRPCRoute: [
    {
      code: 'MESH-L0303',
      plant: object => {
        firstOf(object, 'spec', 'rules').backendRefs = [
          { group: '', kind: 'Service', name: 'gone', port: 80 },
        ];
      },
    },
  ],
  ServiceProfile: [
    {
      code: 'MESH-L0306',
      plant: object => {
        at(object, 'spec').circuitBreakers = { maxFailures: 5 };
      },
    },
    {
      code: 'MESH-L0001',
      plant: object => {
        firstOf(object, 'spec', 'routes').timeout = 'soon';
      },
    },
  ],
};
