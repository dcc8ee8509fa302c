import { EnrolmentMode } from '../../contract/mtls';

/** Who is at the other end of a connection, as its TLS tells. */
export type Peer =
  /** Plaintext, or TLS without an identity. */
  | { type: 'none' }
  /** An identity in the words of the mesh. */
  | { type: 'identity'; identity: string }
  /** Some identity of the mesh that none of the known clients has. */
  | {
      type: 'somebody';
      /** Its namespace, where that is known. */
      namespace?: string;
      /** A namespace that it is not in. */
      notNamespace?: string;
      /** The identities of the known clients. */
      except: ReadonlySet<string>;
    };

/** A token that the proxy accepted. */
export interface Token {
  claims: Readonly<Record<string, unknown>>;
}

/** What is known of one call. What is absent is not known; a decision then says how it depends on it. */
export interface CallFacts {
  peer: Peer;
  /** How the client takes part in the mesh. */
  mode: EnrolmentMode;
  /** The client runs on the same cluster. */
  inCluster: boolean;
  /** What it speaks. */
  protocol?: 'http' | 'tcp';
  /** Address of the connection. */
  sourceIp?: string;
  /** Address that the proxy derives from X-Forwarded-For. */
  remoteIp?: string;
  destinationIp?: string;
  /** Empty: none was sent. */
  sni?: string;
  method?: string;
  /** With its query. */
  path?: string;
  /** The Host header, as it is sent. */
  host?: string;
  /** All headers, names in lower case. */
  headers?: Readonly<Record<string, string>>;
  /** All tokens that the proxy accepted. */
  tokens?: readonly Token[];
}
