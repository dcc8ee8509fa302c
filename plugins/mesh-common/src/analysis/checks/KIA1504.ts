import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { refOf } from '../naming';

const CLASS = 'gateway.networking.k8s.io/GatewayClass';

/** Classes that istiod knows, and makes the objects of. */
const BUILT_IN: readonly string[] = [
  'istio',
  'istio-remote',
  'istio-waypoint',
  'istio-east-west',
];

/** A Gateway is of a class that does not exist. */
export const gatewayClassMissing = defineCheck({
  code: 'KIA1504',
  level: 'error',
  title: 'Unknown GatewayClass',
  explanation:
    'The class says which controller serves a Gateway. Where there is none of the name, nobody does. Istio’s is called istio, that of its waypoints istio-waypoint.',
  upstream: 'k8sgateways.GatewayClassChecker (Kiali)',
  mesh: 'istio',
  subject: 'gateway.networking.k8s.io/Gateway',
  needs: [CLASS],
  *run(gateway, snapshot) {
    const name = gateway.spec?.gatewayClassName;
    if (name && !BUILT_IN.includes(name) && !exists(snapshot, name)) {
      yield {
        message: `${refOf(
          gateway,
        )} is of the class ${name}, but there is no GatewayClass ${name}: correct the name, or install its controller`,
        field: 'spec.gatewayClassName',
        // Classes come with their controllers, and are rarely among the files of a service.
        ...(snapshot.origin === 'files' && { level: 'info' as const }),
      };
    }
  },
});

function exists(snapshot: MeshSnapshot, name: string): boolean {
  return snapshot.get(CLASS, undefined, name) !== undefined;
}
