import { CallCondition } from '../../contract/callDecision';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import {
  allOf,
  anyOf,
  Match,
  matchValues,
  YES,
} from '../../mesh/whoMayCall/match';
import { matchesBlock } from './addresses';
import { matchesWhen, PolicyRule, RuleContext } from './conditions';
import {
  matchesNamespace,
  matchesPrincipal,
  matchesServiceAccount,
  matchesTrustDomain,
} from './peers';
import { matchesHost, matchesPath, matchesText } from './text';
import { matchesRequestPrincipal } from './tokens';

export type Source = NonNullable<
  NonNullable<PolicyRule['from']>[number]['source']
>;
export type Operation = NonNullable<
  NonNullable<PolicyRule['to']>[number]['operation']
>;

type Test = (value: string) => boolean | undefined;
type Field = [
  values: readonly string[] | undefined,
  excluded: readonly string[] | undefined,
  subject: CallCondition['subject'],
  test: Test,
];

/** The callers of a rule: one of its sources must match, and all fields of that; none means everybody. */
export function matchesFrom(
  { from = [] }: PolicyRule,
  facts: CallFacts,
  context: RuleContext,
): Match {
  return from.length === 0
    ? YES
    : anyOf(
        from.map(({ source = {} }) =>
          fieldsMatch(sourceFields(source, facts, context)),
        ),
      );
}

/** The requests of a rule: one of its operations and all of its conditions must match. */
export function matchesRequest(
  { to = [], when = [] }: PolicyRule,
  facts: CallFacts,
  context: RuleContext,
): Match {
  return allOf([
    to.length === 0
      ? YES
      : anyOf(
          to.map(({ operation = {} }) =>
            fieldsMatch(operationFields(operation, facts, context)),
          ),
        ),
    ...when.map(condition => matchesWhen(condition, facts, context)),
  ]);
}

/**
 * Whether a rule matches a call: its callers, its requests and its conditions. A value that is listed in a
 * field is enough for it; of the excluded ones (`notX`) none may be.
 *
 * Upstream: pilot/pkg/security/authz/model/model.go.
 */
export function matchesRule(
  rule: PolicyRule,
  facts: CallFacts,
  context: RuleContext,
): Match {
  return allOf([
    matchesFrom(rule, facts, context),
    matchesRequest(rule, facts, context),
  ]);
}

function fieldsMatch(fields: readonly Field[]): Match {
  return allOf(
    fields.map(([values, excluded, subject, test]) =>
      matchValues({ subject }, values, excluded, test),
    ),
  );
}

function sourceFields(
  source: Source,
  { peer, tokens, sourceIp, remoteIp }: CallFacts,
  { trust, namespace, layer }: RuleContext,
): Field[] {
  return [
    [
      source.principals,
      source.notPrincipals,
      'identity',
      value => matchesPrincipal(peer, value, trust, layer),
    ],
    [
      source.namespaces,
      source.notNamespaces,
      'namespace',
      value => matchesNamespace(peer, value, layer),
    ],
    [
      source.serviceAccounts,
      source.notServiceAccounts,
      'service-account',
      value => matchesServiceAccount(peer, value, namespace, trust, layer),
    ],
    [
      source.trustDomains,
      source.notTrustDomains,
      'trust-domain',
      value => matchesTrustDomain(peer, value, trust),
    ],
    [
      source.requestPrincipals,
      source.notRequestPrincipals,
      'token',
      value => matchesRequestPrincipal(tokens, value),
    ],
    [
      source.ipBlocks,
      source.notIpBlocks,
      'source-ip',
      value => matchesBlock(sourceIp, value),
    ],
    [
      source.remoteIpBlocks,
      source.notRemoteIpBlocks,
      'remote-ip',
      value => matchesBlock(remoteIp, value),
    ],
  ];
}

function operationFields(
  operation: Operation,
  { host, method, path }: CallFacts,
  { port }: RuleContext,
): Field[] {
  const known =
    (
      fact: string | undefined,
      test: (pattern: string, text: string) => boolean,
    ): Test =>
    value =>
      fact === undefined ? undefined : test(value, fact);
  return [
    [
      operation.ports,
      operation.notPorts,
      'port',
      value => value === String(port),
    ],
    [
      operation.methods,
      operation.notMethods,
      'method',
      known(method, matchesText),
    ],
    [operation.paths, operation.notPaths, 'path', known(path, matchesPath)],
    [operation.hosts, operation.notHosts, 'host', known(host, matchesHost)],
  ];
}
