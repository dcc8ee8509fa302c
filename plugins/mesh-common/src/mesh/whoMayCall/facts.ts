import { EnrolmentMode } from '../../contract/mtls';

/**
 * Who is at the other end of a connection, as its TLS tells.
 *
 * @public
 */
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

/**
 * A token that a request carries.
 *
 * @public
 */
export interface Token {
  claims: Readonly<Record<string, unknown>>;
  /** Absent: in `Authorization`, after `Bearer `. */
  place?:
    | { header: string; prefix?: string }
    | { param: string }
    | { cookie: string };
  /** Whether its signature and its times hold, which no rule here can tell; taken for granted where absent. */
  valid?: boolean;
}

/**
 * What is known of one call. What is absent is not known; a decision then says how it depends on it.
 *
 * @public
 */
export interface CallFacts {
  peer: Peer;
  /** How the client takes part in the mesh. */
  mode: EnrolmentMode;
  /** The client runs on the same cluster. */
  inCluster: boolean;
  /** The port of the Service that the client names, where it names one. */
  servicePort?: number;
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
  /** All tokens that it carries. */
  tokens?: readonly Token[];
  /** What an external authorizer would answer, where one is asked. */
  authorizer?: 'allows' | 'denies';
}
