import { Problems, refused } from '../../validation/report';
import { isDnsLike } from './identities';
import { networkList } from './networks';
import { LinkerdSubject } from './subject';

/**
 * What is refused of a ServerAuthorization: clients that are unauthenticated and have TLS settings at once, TLS without
 * identities together with identities, wrong networks, and by its schema anything but exactly one of a name and a
 * selector, and identities that are no names as DNS has them (linkerd2 policy-controller/runtime/src/admission.rs: `Validate<ServerAuthorizationSpec>`).
 */
export function* serverAuthorization({ spec }: LinkerdSubject): Problems {
  const server = spec.get('server');
  if (server.get('name').exists === server.get('selector').exists) {
    yield refused(server, 'exactly one of name and selector must be set');
  }
  const client = spec.get('client');
  const tls = client.get('meshTLS');
  if (tls.exists && client.get('unauthenticated').isTrue) {
    yield refused(
      client.get('unauthenticated'),
      '`unauthenticated` must be false if `mesh_tls` is specified',
    );
  }
  if (
    tls.get('unauthenticatedTLS').isTrue &&
    (tls.get('identities').exists || tls.get('serviceAccounts').exists)
  ) {
    yield refused(
      tls.get('unauthenticatedTLS'),
      '`unauthenticatedTLS` must be false if any `identities` or `service_accounts` is specified',
    );
  }
  for (const identity of tls.get('identities').items) {
    if (!isDnsLike(identity.text)) {
      yield refused(
        identity,
        `identity must be a DNS name, of which the first label may be *: ${identity.text} is none`,
      );
    }
  }
  yield* networkList(client.get('networks'));
}
