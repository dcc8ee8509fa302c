import { Problems, refused } from '../../validation/report';
import { POLICY_GROUP } from '../targetRefs';
import { namedReference, refersTo } from './references';
import { LinkerdSubject } from './subject';

const GATEWAY_GROUP = 'gateway.networking.k8s.io';

const TARGETS: [group: string, kind: string][] = [
  [POLICY_GROUP, 'Server'],
  [POLICY_GROUP, 'HTTPRoute'],
  [GATEWAY_GROUP, 'HTTPRoute'],
  [GATEWAY_GROUP, 'GRPCRoute'],
];

/**
 * What is refused of an AuthorizationPolicy: by its schema, references without name; by the webhook, a target that is no Server, route or its own namespace, and
 * authentications of other kinds or more than one of a sort (linkerd2 policy-controller/runtime/src/admission.rs:
 * `Validate<AuthorizationPolicySpec>`).
 */
export function* authorizationPolicy({
  spec,
  namespace,
}: LinkerdSubject): Problems {
  const target = spec.get('targetRef');
  yield* namedReference(target);
  if (refersTo(target, '', 'Namespace')) {
    const name = target.get('name');
    if (name.text !== namespace) {
      yield refused(name, `cannot target another namespace: ${name.text}`);
    }
  } else if (!TARGETS.some(([group, kind]) => refersTo(target, group, kind))) {
    yield refused(
      target,
      `unsupported authorization target type: ${target.get('kind').text}`,
    );
  }
  const refs = spec.get('requiredAuthenticationRefs');
  if (!refs.exists) {
    yield refused(refs, 'requiredAuthenticationRefs must be set');
  }
  const written = refs.items;
  for (const ref of written) {
    yield* namedReference(ref);
  }
  const of = (group: string, kind: string) =>
    written.filter(ref => refersTo(ref, group, kind));
  const mtls = of(POLICY_GROUP, 'MeshTLSAuthentication');
  const accounts = of('', 'ServiceAccount');
  const networks = of(POLICY_GROUP, 'NetworkAuthentication');
  if (mtls.length > 1) {
    yield refused(refs, 'only a single MeshTLSAuthentication may be set');
  }
  if (accounts.length > 1) {
    yield refused(refs, 'only a single ServiceAccount may be set');
  }
  if (mtls.length > 0 && accounts.length > 0) {
    yield refused(
      refs,
      'a MeshTLSAuthentication and ServiceAccount may not be set together',
    );
  }
  if (networks.length > 1) {
    yield refused(refs, 'only a single NetworkAuthentication may be set');
  }
  const known = [...mtls, ...accounts, ...networks];
  for (const ref of written) {
    if (!known.includes(ref)) {
      yield refused(
        ref,
        `unsupported authentication kind(s): ${ref.get('kind').text}`,
      );
    }
  }
}
