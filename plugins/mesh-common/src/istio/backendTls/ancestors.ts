import { BackendTLSPolicy } from '../../gateway-api/backendTlsPolicy';

type Ancestor = NonNullable<
  NonNullable<BackendTLSPolicy['status']>['ancestors']
>[number];

/** Istio's controllers: of the mesh, and of gateways. */
const CONTROLLERS: readonly (string | undefined)[] = [
  'istio.io/mesh-controller',
  'istio.io/gateway-controller',
];

/**
 * What Istio wrote about a BackendTLSPolicy: for each target (for the mesh), and for each Gateway whose routes send to it.
 *
 * Upstream: pilot/pkg/config/kube/gateway/backend_policies.go, `setAncestorStatus`.
 */
export function ancestorsOf({ status }: BackendTLSPolicy): Ancestor[] {
  return (status?.ancestors ?? []).filter(({ controllerName }) =>
    CONTROLLERS.includes(controllerName),
  );
}
