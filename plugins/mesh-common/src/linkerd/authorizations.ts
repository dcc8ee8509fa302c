import { Reason } from '../contract/common';
import { Network } from './networks';

/**
 * Who is let in, as far as TLS tells.
 *
 * @public
 */
export type Authentication =
  /** Anybody, in plaintext too. */
  | { type: 'unauthenticated' }
  /** Anybody who speaks TLS, with or without an identity. */
  | { type: 'tls-unauthenticated' }
  /** Clients with one of these identities, or with one that ends with one of these suffixes. */
  | {
      type: 'tls-authenticated';
      identities: readonly string[];
      suffixes: readonly string[];
    };

/**
 * One authorization: clients that authenticate so, from these networks. Authorizations are ORed.
 *
 * @public
 */
export interface Authorization {
  /** What gives it: an object, or a default policy. */
  source: {
    kind: 'AuthorizationPolicy' | 'ServerAuthorization' | 'default';
    name: string;
  };
  authentication: Authentication;
  networks: readonly Network[];
  /** Names the deciding object. */
  reason: Reason;
  /** What makes it one of the port or route; of a default policy, nothing is to be said. */
  applies?: Reason;
  /** The identities that are written literally, each with the object that does. */
  literal: readonly { identity: string; reason: Reason }[];
}

/** What policies come to: the authorizations, and policies that have no effect, with why. */
export interface Authorizations {
  authorizations: Authorization[];
  ignored: Reason[];
}

/** Whether somebody without an identity is let in. */
export function letsInUnauthenticated({
  authentication,
  networks,
}: Authorization): boolean {
  return authentication.type !== 'tls-authenticated' && networks.length > 0;
}

/** Whether anybody at all is let in. */
export function letsInSomebody({
  authentication,
  networks,
}: Authorization): boolean {
  return (
    networks.length > 0 &&
    (authentication.type !== 'tls-authenticated' ||
      authentication.identities.length + authentication.suffixes.length > 0)
  );
}
