import { Field } from '../../validation/Field';
import { fqdnComplaint, isDnsLabel } from './hosts';
import { Problems, refused, refusedFor, warned } from '../../validation/report';

/**
 * Names of gateways: `namespace/name`, a name, or the old `name.namespace.svc…`
 * (istio/istio pkg/config/validation/validation.go: validateGatewayNames).
 */
export function* gatewayNames(list: Field): Problems {
  for (const item of list.items) {
    const slash = item.text.indexOf('/');
    if (slash < 0) {
      yield* plainName(item);
      // istiod looks at no further one after a name without a namespace.
      return;
    }
    const namespace = item.text.slice(0, slash);
    const name = item.text.slice(slash + 1);
    if (namespace === '' || name === '') {
      yield refused(item, 'config namespace and gateway name cannot be empty');
    }
    if (!isDnsLabel(namespace)) {
      yield refused(item, `invalid value for namespace: "${namespace}"`);
    }
    if (!isDnsLabel(name)) {
      yield refused(item, `invalid value for gateway name: "${name}"`);
    }
  }
}

function* plainName(item: Field): Problems {
  const [name, namespace] = item.text.split('.');
  if (namespace !== undefined) {
    yield warned(
      item,
      `using legacy gatewayName format "${item.text}"; prefer the <namespace>/<name> format: "${namespace}/${name}"`,
    );
  }
  yield* refusedFor(item, fqdnComplaint(item.text));
}
