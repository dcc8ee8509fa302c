import { podEnrolment } from '../../istio/enrolment';
import { meshConfig } from '../../istio/meshConfig';
import { Pod } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { hasEnded } from '../../mesh/hasEnded';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { targetsOf } from '../waypointUse';

const UNKNOWN_TO_ZTUNNEL: ReadonlySet<string> = new Set(['CUSTOM', 'AUDIT']);

/** A policy that asks somebody else, or only logs, selects pods in ambient mode. */
export const actionUnknownToZtunnel = defineCheck({
  code: 'MESH-I0108',
  level: 'warning',
  title: 'Policy with an action that ztunnels do not know',
  explanation:
    'In ambient mode ztunnels enforce the policies that select workloads, and know the actions ALLOW and DENY alone: a policy with CUSTOM asks no external authorizer there, and one with AUDIT logs nothing. It is left out without a word, and everybody is let in whom no other policy refuses. Name a waypoint, or a Service that has one, in targetRefs.',
  upstream:
    'pilot/pkg/serviceregistry/ambient/authorization.go, convertAuthorizationPolicy (istio)',
  mesh: 'istio',
  subject: 'security.istio.io/AuthorizationPolicy',
  needs: ['ConfigMap', 'Namespace', 'Pod'],
  *run(policy, snapshot) {
    const { action = 'ALLOW', selector } = policy.spec ?? {};
    if (!UNKNOWN_TO_ZTUNNEL.has(action) || targetsOf(policy).length > 0) {
      return;
    }
    const pods = namespacesOf(snapshot, namespaceOf(policy)).flatMap(place =>
      [...podsWithLabels(snapshot, place, selector?.matchLabels ?? {})].filter(
        pod => !hasEnded(pod),
      ),
    );
    const ambient = pods.filter(pod => isAmbient(snapshot, pod));
    if (ambient.length > 0) {
      yield {
        message: `${refOf(
          policy,
        )} has the action ${action}, which the ztunnels of ${
          ambient.length
        } of ${
          pods.length
        } pods that it selects do not know: nothing enforces it there`,
        field: 'spec.action',
      };
    }
  },
});

/** A policy of the root namespace is for all. */
function namespacesOf(snapshot: MeshSnapshot, own: string): readonly string[] {
  const mesh = meshConfig(snapshot);
  return mesh.state === 'read' && mesh.config.rootNamespace === own
    ? snapshot.namespacesOf('Pod')
    : [own];
}

function isAmbient(snapshot: MeshSnapshot, pod: Pod): boolean {
  return podEnrolment(snapshot, pod).mode.value === 'ambient';
}
