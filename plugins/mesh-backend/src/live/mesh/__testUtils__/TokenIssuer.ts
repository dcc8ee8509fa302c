import { createSign, generateKeyPairSync, KeyObject } from 'node:crypto';

const KEY_ID = 'mesh-test';

/** Issues tokens that RequestAuthentications accept which have its keys. */
export class TokenIssuer {
  readonly #privateKey: KeyObject;
  /** A JSON Web Key Set, as text. */
  readonly jwks: string;

  static create(): TokenIssuer {
    return new TokenIssuer();
  }

  private constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
    });
    this.#privateKey = privateKey;
    const key = publicKey.export({ format: 'jwk' });
    this.jwks = JSON.stringify({ keys: [{ ...key, kid: KEY_ID }] });
  }

  token(claims: Readonly<Record<string, unknown>>): string {
    const content = [{ alg: 'RS256', typ: 'JWT', kid: KEY_ID }, claims]
      .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = createSign('RSA-SHA256')
      .update(content)
      .sign(this.#privateKey, 'base64url');
    return `${content}.${signature}`;
  }
}
