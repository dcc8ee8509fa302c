import { Problems, refused, refusedFor } from '../../validation/report';
import { identityComplaint } from './identities';
import { namedReference, refersTo } from './references';
import { LinkerdSubject } from './subject';

/**
 * What is refused of a MeshTLSAuthentication: by its schema, unless it has exactly one of its two lists, and that with
 * something in it; by the webhook, what is no identity, and references to other kinds than ServiceAccounts and Namespaces
 * (linkerd2 policy-controller/runtime/src/admission.rs: `Validate<MeshTLSAuthenticationSpec>`).
 */
export function* meshTlsAuthentication({ spec }: LinkerdSubject): Problems {
  const identities = spec.get('identities');
  const refs = spec.get('identityRefs');
  if (identities.exists === refs.exists) {
    yield refused(
      spec,
      'exactly one of identities and identityRefs must be set',
    );
  }
  for (const list of [identities, refs]) {
    if (list.exists && list.items.length === 0) {
      yield refused(list, 'it must have at least one item');
    }
  }
  for (const identity of identities.items) {
    yield* refusedFor(identity, identityComplaint(identity.text));
  }
  for (const ref of refs.items) {
    yield* namedReference(ref);
    if (refersTo(ref, '', 'Namespace')) {
      if (ref.get('namespace').exists) {
        yield refused(
          ref.get('namespace'),
          'Namespace identity_ref is cluster-scoped and cannot have a namespace',
        );
      }
    } else if (!refersTo(ref, '', 'ServiceAccount')) {
      yield refused(
        ref.get('kind'),
        `invalid identity target kind: ${ref.get('kind').text}`,
      );
    }
  }
}
