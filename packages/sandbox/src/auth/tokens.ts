import { createHash, timingSafeEqual } from 'node:crypto';
import type { UserInfo } from '../api/requestInfo';
import { ApiError } from '../api/status';

/** A bearer token and whom it stands for. */
export interface TokenUser {
  token: string;
  user: string;
  groups: string[];
}

const AUTHENTICATED = 'system:authenticated';

/** Tells callers by their bearer tokens. */
export class TokenAuthenticator {
  readonly #users: readonly { digest: Buffer; user: UserInfo }[];

  static create(tokens: readonly TokenUser[]): TokenAuthenticator {
    return new TokenAuthenticator(tokens);
  }

  private constructor(tokens: readonly TokenUser[]) {
    this.#users = tokens.map(({ token, user, groups }) => ({
      digest: digestOf(token),
      user: { name: user, groups: [...new Set([...groups, AUTHENTICATED])] },
    }));
  }

  /** The user of an `Authorization` header; 401 where it names none. */
  authenticate(authorization: string | undefined): UserInfo {
    const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    const digest = digestOf(token ?? '');
    const found = this.#users.filter(known =>
      timingSafeEqual(known.digest, digest),
    );
    if (!token || found.length === 0) {
      throw new ApiError(401, 'Unauthorized', 'Unauthorized');
    }
    return found[0].user;
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
