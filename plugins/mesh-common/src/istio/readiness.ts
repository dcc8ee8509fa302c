import { Answer, Reason } from '../contract/common';
import { namespaceOf } from '../kubernetes/objects';
import { because, unreadInput } from '../mesh/answers';
import { CallerRestriction, MeshReadiness } from '../mesh/MeshReadiness';
import { Workload } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { authorizationPoliciesOf } from './authorizationPolicy';
import { istiods } from './controlPlane';
import { meshConfig } from './meshConfig';
import { AuthorizationPolicy } from './objects';

const KIND = 'security.istio.io/AuthorizationPolicy';
const RULE = 'istio/authorization-policy';
const DRY_RUN = 'istio.io/dry-run';

type Rule = NonNullable<
  NonNullable<AuthorizationPolicy['spec']>['rules']
>[number];
type Source = NonNullable<NonNullable<Rule['from']>[number]['source']>;

export const readiness: MeshReadiness = {
  limitsConnections: true,
  controlPlane: istiods,
  callers,
};

/**
 * Istio lets everybody in where no ALLOW policy selects the workload; with one, whom a rule of one names.
 * A rule without `from`, or one that only excludes some or names all there are, names nobody in particular. A
 * CUSTOM policy asks somebody else, about everything only where a rule of it has no conditions. A policy that
 * is only tried (dry run) decides nothing.
 *
 * Upstream: istio.io/docs/reference/config/security/authorization-policy.
 */
function callers(
  snapshot: MeshSnapshot,
  workload: Workload,
): Answer<CallerRestriction> {
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown') {
    return mesh.answer;
  }
  const unread = unreadInput(snapshot, RULE, {
    optional: [KIND],
    namespaces: [workload.ref.namespace, mesh.config.rootNamespace],
  });
  if (unread) {
    return unread;
  }
  const policies = authorizationPoliciesOf(
    snapshot,
    workload,
    mesh.config,
  ).filter(({ metadata }) => metadata.annotations[DRY_RUN] !== 'true');
  const deciding = policies.filter(decidesAboutAll);
  if (deciding.length === 0) {
    return {
      value: 'open',
      reasons: [
        {
          rule: RULE,
          text: `No AuthorizationPolicy that allows calls selects ${workload.ref.kind} ${workload.ref.namespace}/${workload.ref.name}: everybody may call it`,
        },
        ...policies.map(policy =>
          reasonOf(snapshot, policy, 'is about some calls only'),
        ),
      ],
    };
  }
  const open = deciding.flatMap(policy => openRules(snapshot, policy));
  return open.length > 0
    ? { value: 'open', reasons: open }
    : {
        value: 'restricted',
        reasons: deciding.map(policy =>
          reasonOf(snapshot, policy, 'says who may call'),
        ),
      };
}

/** Whether a call that no rule of a policy is about is refused, or there is none such. */
function decidesAboutAll({ spec }: AuthorizationPolicy): boolean {
  const action = spec?.action ?? 'ALLOW';
  return (
    action === 'ALLOW' ||
    (action === 'CUSTOM' &&
      (spec?.rules ?? []).some(
        ({ from = [], to = [], when = [] }) =>
          from.length + to.length + when.length === 0,
      ))
  );
}

function openRules(
  snapshot: MeshSnapshot,
  policy: AuthorizationPolicy,
): Reason[] {
  if (policy.spec?.action === 'CUSTOM') {
    return [];
  }
  return (policy.spec?.rules ?? []).flatMap((rule, index) =>
    namesCallers(rule)
      ? []
      : [
          reasonOf(
            snapshot,
            policy,
            'allows calls from anybody',
            `spec.rules[${index}]`,
          ),
        ],
  );
}

/** The fields that name callers; a trust domain is a whole mesh, and `notX` names whom it is not about. */
const CALLERS: readonly (keyof Source)[] = [
  'principals',
  'namespaces',
  'serviceAccounts',
  'requestPrincipals',
  'ipBlocks',
  'remoteIpBlocks',
];

/** All there are: any value, any identity of a trust domain, any address. */
const EVERYBODY = /^(\*|[^/]*\/(ns\/)?\*|0\.0\.0\.0\/0|::\/0)$/;

function namesCallers({ from = [], when = [] }: Rule): boolean {
  const byCondition = when.some(
    ({ key, values = [] }) =>
      /^(source\.(?!trustDomain)|remote\.|request\.auth\.)/.test(key) &&
      isNamed(values),
  );
  return (
    byCondition ||
    (from.length > 0 &&
      from.every(({ source }) =>
        CALLERS.some(field => isNamed(source?.[field] ?? [])),
      ))
  );
}

function isNamed(values: readonly string[]): boolean {
  return values.length > 0 && values.every(value => !EVERYBODY.test(value));
}

function reasonOf(
  snapshot: MeshSnapshot,
  policy: AuthorizationPolicy,
  what: string,
  field = 'spec',
): Reason {
  return because(
    RULE,
    `AuthorizationPolicy ${namespaceOf(policy)}/${
      policy.metadata.name
    } ${what}`,
    { snapshot, kind: KIND, object: policy, field },
  );
}
