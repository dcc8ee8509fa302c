import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import { isDnsLike } from './identities';
import { networkList } from './networks';
import { selector } from './selector';
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
  yield* selector(server.get('selector'));
  const client = spec.get('client');
  if (!client.exists) {
    yield refused(client, 'client must be set');
  }
  const tls = client.get('meshTLS');
  yield* trueOrFalse(client.get('unauthenticated'));
  yield* trueOrFalse(tls.get('unauthenticatedTLS'));
  if (tls.exists && client.get('unauthenticated').isTrue) {
    yield refused(
      client.get('unauthenticated'),
      '`unauthenticated` must be false if `mesh_tls` is specified',
    );
  }
  if (
    tls.get('unauthenticatedTLS').isTrue &&
    (tls.get('identities').isFilled || tls.get('serviceAccounts').isFilled)
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
  for (const account of tls.get('serviceAccounts').items) {
    if (account.get('name').text === '') {
      yield refused(account.get('name'), 'name must be set');
    }
  }
  yield* networkList(client.get('networks'));
}

function* trueOrFalse(field: Field): Problems {
  if (field.exists && typeof field.value !== 'boolean') {
    yield refused(field, 'it must be true or false');
  }
}
