import { Answer } from '../../../contract/common';
import { because } from '../../../mesh/answers';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { controllerOf, isBuiltIn } from './gatewayClass';

const RULE = 'istio/gateway/owner';
const OWN_KIND = 'networking.istio.io/Gateway';
const API_KIND = 'gateway.networking.k8s.io/Gateway';
const CLASS_KIND = 'gateway.networking.k8s.io/GatewayClass';

/**
 * Whether istiod configures the proxies of a gateway: of Istio's own kind always, of the Gateway API where the controller of its
 * class is one of istiod's.
 */
export function ownsGateway(
  snapshot: MeshSnapshot,
  { namespace, name }: { namespace: string; name: string },
): Answer<'yes' | 'no' | 'unknown'> | undefined {
  const own = snapshot.get(OWN_KIND, namespace, name);
  if (own) {
    const text = `Gateway ${namespace}/${name} is of Istio's own kind`;
    return {
      value: 'yes',
      reasons: [because(RULE, text, { snapshot, kind: OWN_KIND, object: own })],
    };
  }
  const api = snapshot.get(API_KIND, namespace, name);
  if (!api) {
    return undefined;
  }
  const controller = controllerOf(snapshot, api);
  const className = api.spec?.gatewayClassName ?? '';
  const at = {
    snapshot,
    kind: API_KIND,
    object: api,
    field: 'spec.gatewayClassName',
  } as const;
  if (controller) {
    const value = isBuiltIn(controller) ? 'yes' : 'no';
    const text = `The class ${className} of Gateway ${namespace}/${name} has the controller ${controller}`;
    return { value, reasons: [because(RULE, text, at)] };
  }
  const read = snapshot.read(CLASS_KIND);
  const text = `There is no GatewayClass ${className}, which Gateway ${namespace}/${name} names`;
  return read.state === 'read' || read.state === 'absent'
    ? { value: 'no', reasons: [because(RULE, text, at)] }
    : {
        value: 'unknown',
        cause: read.state,
        reasons: [because(RULE, read.message, at)],
      };
}
