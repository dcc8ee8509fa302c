import { sourceProblems } from './authorizationSource';
import { operationProblems } from './authorizationOperation';
import { conditionProblems } from './authorizationCondition';
import { customProblems } from './authorizationCustom';
import { Field } from '../../validation/Field';
import { Problems, refused, warned } from '../../validation/report';
import { attachment } from './selectors';
import { Subject } from './subject';

/**
 * What istiod refuses of an AuthorizationPolicy: an action without rules that it needs, empty lists and values,
 * addresses and ports that are none, conditions that it does not know; and what it warns of: a DENY rule of HTTP
 * attributes, which denies all of TCP (istio/istio pkg/config/validation/validation.go: ValidateAuthorizationPolicy).
 */
export function* authorizationPolicy(subject: Subject): Problems {
  const { spec } = subject;
  const action = spec.get('action').text || 'ALLOW';
  yield* attachment(spec);
  yield* dryRun(subject, action);
  if (action === 'CUSTOM') {
    yield* customProblems(spec);
  } else if (spec.get('provider').exists) {
    yield refused(
      spec.get('provider'),
      `\`provider\` must not be with non CUSTOM action, found ${action}`,
    );
  }
  if (action === 'DENY' && !spec.get('rules').isFilled) {
    yield refused(
      spec.get('rules'),
      'DENY action without `rules` is meaningless as it will never be triggered, add an empty rule `{}` if you want it be triggered for every request',
    );
  }
  for (const [index, rule] of spec.get('rules').items.entries()) {
    yield* ruleProblems(rule, index, action);
  }
}

function* ruleProblems(rule: Field, index: number, action: string): Problems {
  for (const list of ['from', 'to'] as const) {
    const entries = rule.get(list);
    const member = list === 'from' ? 'source' : 'operation';
    for (const entry of entries.items) {
      const what = entry.get(member);
      if (!what.exists) {
        yield refused(
          what,
          `\`${list}.${member}\` must not be nil, found at rule ${index}`,
        );
      } else {
        yield* list === 'from'
          ? sourceProblems(what, index)
          : operationProblems(what, index);
      }
    }
  }
  for (const condition of rule.get('when').items) {
    yield* conditionProblems(condition);
  }
  if (action === 'DENY' && deniesTcp(rule)) {
    yield warned(
      rule,
      'configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
    );
  }
}

/** Sources that a TCP connection has too. */
const TCP_SOURCES = [
  'principals',
  'notPrincipals',
  'ipBlocks',
  'notIpBlocks',
  'namespaces',
  'notNamespaces',
  'remoteIpBlocks',
  'notRemoteIpBlocks',
  'serviceAccounts',
  'notServiceAccounts',
];

function deniesTcp(rule: Field): boolean {
  const sources = rule.get('from').items.map(entry => entry.get('source'));
  const operations = rule.get('to').items.map(entry => entry.get('operation'));
  const hasSource = sources.some(({ exists }) => exists);
  const hasOperation = operations.some(({ exists }) => exists);
  const tcpInFrom = sources.some(source =>
    TCP_SOURCES.some(name => source.get(name).exists),
  );
  const tcpInTo = operations.some(
    operation =>
      operation.get('ports').exists || operation.get('notPorts').exists,
  );
  return (
    (hasSource && !hasOperation && !tcpInFrom) || (hasOperation && !tcpInTo)
  );
}

const DRY_RUN = 'istio.io/dry-run';
const BOOLEANS = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

function* dryRun({ annotations }: Subject, action: string): Problems {
  const annotation = annotations.get(DRY_RUN);
  if (!annotation.exists) {
    return;
  }
  if (action !== 'ALLOW' && action !== 'DENY') {
    yield refused(
      annotation,
      `the annotation ${DRY_RUN} currently only supports action ALLOW/DENY, found action ${action}`,
    );
  } else if (!BOOLEANS.test(annotation.text)) {
    yield refused(
      annotation,
      `annotation ${DRY_RUN} has an invalid value (${annotation.text}): it is true or false`,
    );
  }
}
