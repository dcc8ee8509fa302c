import { CallCondition } from '../../contract/callDecision';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { Match, matchValues } from '../../mesh/whoMayCall/match';
import { AuthorizationPolicy } from '../objects';
import { matchesBlock } from './addresses';
import { Layer } from './layers';
import {
  matchesNamespace,
  matchesPrincipal,
  matchesServiceAccount,
} from './peers';
import { matchesText } from './text';
import { matchesClaim, matchesRequestPrincipal } from './tokens';
import { TrustSettings } from './trustDomains';

export type PolicyRule = NonNullable<
  NonNullable<AuthorizationPolicy['spec']>['rules']
>[number];
export type When = NonNullable<PolicyRule['when']>[number];

/** What a rule is matched with, beside the call. */
export interface RuleContext {
  port: number;
  trust: TrustSettings;
  /** Of the policy. */
  namespace: string;
  /** What looks at the call. */
  layer: Layer;
}

type Attribute = Pick<CallCondition, 'subject' | 'name'> & {
  test(
    facts: CallFacts,
    value: string,
    context: RuleContext,
  ): boolean | undefined;
};

const PLAIN: Readonly<Record<string, Attribute>> = {
  'source.ip': {
    subject: 'source-ip',
    test: ({ sourceIp }, value) => matchesBlock(sourceIp, value),
  },
  'remote.ip': {
    subject: 'remote-ip',
    test: ({ remoteIp }, value) => matchesBlock(remoteIp, value),
  },
  'destination.ip': {
    subject: 'destination-ip',
    test: ({ destinationIp }, value) => matchesBlock(destinationIp, value),
  },
  'destination.port': {
    subject: 'port',
    test: (_, value, { port }) => value === String(port),
  },
  'connection.sni': {
    subject: 'sni',
    test: ({ sni }, value) =>
      sni === undefined ? undefined : matchesText(value, sni),
  },
  'source.namespace': {
    subject: 'namespace',
    test: ({ peer }, value, { layer }) => matchesNamespace(peer, value, layer),
  },
  'source.principal': {
    subject: 'identity',
    test: ({ peer }, value, { trust, layer }) =>
      matchesPrincipal(peer, value, trust, layer),
  },
  'source.serviceAccount': {
    subject: 'service-account',
    test: ({ peer }, value, { namespace, trust, layer }) =>
      matchesServiceAccount(peer, value, namespace, trust, layer),
  },
  'request.auth.principal': {
    subject: 'token',
    test: ({ tokens }, value) => matchesRequestPrincipal(tokens, value),
  },
  'request.auth.audiences': {
    subject: 'audience',
    test: ({ tokens }, value) => matchesClaim(tokens, ['aud'], value),
  },
  'request.auth.presenter': {
    subject: 'presenter',
    test: ({ tokens }, value) => matchesClaim(tokens, ['azp'], value),
  },
};

/** Whether a condition can be asked of HTTP requests only. */
export function isHttpKey(key: string): boolean {
  return key.startsWith('request.');
}

function attributeOf(key: string): Attribute {
  const plain = Object.hasOwn(PLAIN, key) ? PLAIN[key] : undefined;
  if (plain) {
    return plain;
  }
  const [, header] = /^request\.headers\[(.+)\]$/.exec(key) ?? [];
  if (header) {
    return {
      subject: 'header',
      name: header,
      test: (facts, value) => matchesHeader(facts, header, value),
    };
  }
  const claims = /^request\.auth\.claims((?:\[[^\]]+\])+)$/.exec(key)?.[1];
  if (claims) {
    const path = [...claims.matchAll(/\[([^\]]+)\]/g)].map(([, name]) => name);
    return {
      subject: 'claim',
      name: path.join('.'),
      test: ({ tokens }, value) => matchesClaim(tokens, path, value),
    };
  }
  return { subject: 'other', name: key, test: () => undefined };
}

/** `*` matches a header that is there, an empty one too. The pseudo-headers of HTTP/2 are headers here. */
function matchesHeader(
  facts: CallFacts,
  name: string,
  pattern: string,
): boolean | undefined {
  const pseudo: Readonly<Record<string, string | undefined>> = {
    ':method': facts.method,
    ':path': facts.path,
    ':authority': facts.host,
  };
  if (name.startsWith(':')) {
    const known = pseudo[name.toLowerCase()];
    return known === undefined ? undefined : matchesText(pattern, known);
  }
  if (!facts.headers) {
    return undefined;
  }
  const sent = facts.headers[name.toLowerCase()];
  return sent !== undefined && (pattern === '*' || matchesText(pattern, sent));
}

/**
 * Whether a condition of a rule holds: one of its values, and none of those that it excludes.
 *
 * Upstream: pilot/pkg/security/authz/model/model.go, `New`.
 */
export function matchesWhen(
  { key, values, notValues }: When,
  facts: CallFacts,
  context: RuleContext,
): Match {
  const { test, ...condition } = attributeOf(key);
  return matchValues(condition, values, notValues, value =>
    test(facts, value, context),
  );
}
