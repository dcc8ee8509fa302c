import { Answer, Reason } from '../contract/common';
import { Pod, Service } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { because, unreadInput } from '../mesh/answers';
import { podOfTemplate } from '../mesh/enrolment';
import { CallerRestriction } from '../mesh/MeshReadiness';
import { servicesSelecting, targetPortOf } from '../mesh/services';
import { Workload } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  isToldToZtunnel,
  waypointPolicies,
  workloadPolicies,
} from './authorization/attachment';
import { evaluate } from './authorization/evaluate';
import { Layer, ruleAtLayer } from './authorization/layers';
import { podEnrolment } from './enrolment';
import { formatIdentity } from './identity';
import { MeshConfig, meshConfig } from './meshConfig';
import { namesCallers } from './namedCallers';
import { AuthorizationPolicy } from './objects';
import { waypointAccount, waypointOf } from './waypoint';

const KIND = 'security.istio.io/AuthorizationPolicy';
const RULE = 'istio/authorization-policy';
const DRY_RUN = 'istio.io/dry-run';

type Restriction = Answer<CallerRestriction>;

/**
 * Istio lets everybody in where no ALLOW policy applies to the workload; with one, whom a rule of one names.
 * A rule without `from`, or one that only excludes some or names all there are, names nobody in particular. A
 * CUSTOM policy asks somebody else, about everything only where a rule of it has no conditions. A policy that
 * is only tried (dry run) decides nothing.
 *
 * In ambient mode every way in must be restricted: the ztunnel's, by which clients come that do not go through
 * a waypoint, and that of each waypoint which the ztunnel lets in.
 *
 * Upstream: istio.io/docs/reference/config/security/authorization-policy; pilot/pkg/model/policyattachment.go.
 */
export function callerRestriction(
  snapshot: MeshSnapshot,
  workload: Workload,
): Restriction {
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown') {
    return mesh.answer;
  }
  const { config } = mesh;
  const { namespace } = workload.ref;
  const unread = unreadInput(snapshot, RULE, {
    optional: [KIND],
    namespaces: [namespace, config.rootNamespace],
  });
  if (unread) {
    return unread;
  }
  const own = workloadPolicies(
    snapshot,
    { namespace, labels: workload.labels },
    config.rootNamespace,
  );
  const what = `${workload.ref.kind} ${namespace}/${workload.ref.name}`;
  const pod: Pod = workload.pods[0] ?? podOfTemplate(workload);
  if (podEnrolment(snapshot, pod).mode.value !== 'ambient') {
    return restrictionBy(snapshot, own, 'http', what);
  }
  const direct = restrictionBy(
    snapshot,
    own.filter(isToldToZtunnel),
    'ztunnel',
    what,
  );
  const fronts = servicesSelecting(
    snapshot,
    namespace,
    workload.labels,
  ).flatMap(service => frontOf(snapshot, service, pod, own, config) ?? []);
  return throughFronts(direct, fronts);
}

/** A waypoint in front of a Service of the workload. */
interface Front {
  name: string;
  restriction: Restriction;
  /** Whether the ztunnel of the workload lets it in. */
  admitted: boolean;
}

function frontOf(
  snapshot: MeshSnapshot,
  service: Service,
  pod: Pod,
  own: readonly AuthorizationPolicy[],
  config: MeshConfig,
): Front | undefined {
  const { gateway } = waypointOf(snapshot, service);
  if (!gateway) {
    return undefined;
  }
  const { rootNamespace, trustDomain } = config;
  const namespace = namespaceOf(gateway);
  const name = `waypoint ${namespace}/${gateway.metadata.name}`;
  const identity = formatIdentity({
    trustDomain,
    namespace,
    serviceAccount: waypointAccount(snapshot, gateway),
  });
  const isAdmitted = (port: number) =>
    evaluate(
      {
        snapshot,
        policies: own,
        tokenPolicies: [],
        layer: 'ztunnel',
        port,
        config,
      },
      {
        peer: { type: 'identity', identity },
        mode: 'waypoint',
        inCluster: true,
      },
    ).decision.value !== 'denied';
  return {
    name,
    restriction: restrictionBy(
      snapshot,
      waypointPolicies(
        snapshot,
        { gateway, target: { kind: 'Service', object: service } },
        rootNamespace,
      ),
      'http',
      `the ${name}`,
    ),
    admitted: service.spec.ports.some(port =>
      isAdmitted(targetPortOf(port, pod) ?? port.port),
    ),
  };
}

function throughFronts(
  direct: Restriction,
  fronts: readonly Front[],
): Restriction {
  if (direct.value === 'open') {
    const restricted = fronts.filter(
      ({ restriction }) => restriction.value === 'restricted',
    );
    return {
      ...direct,
      reasons: [
        ...direct.reasons,
        ...restricted.flatMap(({ name, restriction }) => [
          {
            rule: RULE,
            text: `What the ${name} enforces holds for clients that go through it; others, such as those that call a pod itself, meet the ztunnel only`,
          },
          ...restriction.reasons,
        ]),
      ],
    };
  }
  const open = fronts.find(
    ({ admitted, restriction }) => admitted && restriction.value === 'open',
  );
  return open
    ? {
        value: 'open',
        reasons: [
          {
            rule: RULE,
            text: `The ztunnel sees the ${open.name} instead of the clients that go through it, and lets it in`,
          },
          ...open.restriction.reasons,
        ],
      }
    : {
        ...direct,
        reasons: [
          ...direct.reasons,
          ...fronts.flatMap(({ restriction }) => restriction.reasons),
        ],
      };
}

/** What the policies of one proxy come to. */
function restrictionBy(
  snapshot: MeshSnapshot,
  all: readonly AuthorizationPolicy[],
  layer: Layer,
  what: string,
): Restriction {
  const policies = all.filter(
    ({ metadata }) => metadata.annotations[DRY_RUN] !== 'true',
  );
  const deciding = policies.filter(policy => decidesAboutAll(policy, layer));
  if (deciding.length === 0) {
    return {
      value: 'open',
      reasons: [
        {
          rule: RULE,
          text: `No AuthorizationPolicy that allows calls selects ${what}: everybody may call it`,
        },
        ...policies.map(policy =>
          reasonOf(snapshot, policy, 'is about some calls only'),
        ),
      ],
    };
  }
  const open = deciding.flatMap(policy => openRules(snapshot, policy, layer));
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
function decidesAboutAll({ spec }: AuthorizationPolicy, layer: Layer): boolean {
  const action = spec?.action ?? 'ALLOW';
  return (
    action === 'ALLOW' ||
    (action === 'CUSTOM' &&
      layer !== 'ztunnel' &&
      (spec?.rules ?? []).some(
        ({ from = [], to = [], when = [] }) =>
          from.length + to.length + when.length === 0,
      ))
  );
}

function openRules(
  snapshot: MeshSnapshot,
  policy: AuthorizationPolicy,
  layer: Layer,
): Reason[] {
  if (policy.spec?.action === 'CUSTOM') {
    return [];
  }
  return (policy.spec?.rules ?? []).flatMap((rule, index) =>
    namesCallers(rule) || !ruleAtLayer(rule, 'ALLOW', layer)
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
