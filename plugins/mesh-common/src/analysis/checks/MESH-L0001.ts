import { ObjectSchemas } from '../../validation/problem';
import { KubernetesObject } from '../../kubernetes/objects';
import { ALL_ROUTE_KINDS } from '../../linkerd/linkerdRoutes';
import { validateLinkerd } from '../../linkerd/validation/validate';
import { AnyCheck, CheckFinding, defineCheck } from '../check';
import { defineAllRouteChecks } from '../linkerdRouteChecks';
import { refOf } from '../naming';
import { LINKERD_SUBJECTS } from '../subjects';
import { profileFieldUnknown } from './MESH-L0306';

const COMMON = {
  code: 'MESH-L0001',
  level: 'error',
  title: 'Object that Linkerd refuses',
  explanation:
    "Linkerd's webhooks look at every object of Linkerd, and at routes, before the cluster takes them, and refuse this one. They are not asked where they cannot be reached (unless the control plane is highly available) and in namespaces with the label config.linkerd.io/admission-webhooks: disabled: the object is there then, but without effect, or with another than it says.",
  upstream:
    'policy-controller/runtime/src/{admission,validation}.rs, pkg/profiles/profiles.go (linkerd2)',
  mesh: 'linkerd',
  needs: [],
} as const;

type Unchecked = readonly (string | undefined)[];

/** The problems that the webhooks have with an object, but for those that other checks report. */
function* problemsOf(
  object: KubernetesObject,
  schemas: ObjectSchemas | undefined,
  reported: Unchecked = [],
): Iterable<CheckFinding> {
  const known = new Set([
    ...reported,
    ...(schemas?.problems(object) ?? []).map(({ field }) => field),
  ]);
  for (const { field, message, level } of validateLinkerd(object)) {
    if (level === 'error' && !known.has(field)) {
      yield {
        message: `${refOf(object)} is refused: ${field}: ${message}`,
        field,
      };
    }
  }
}

const ROUTES: ReadonlySet<string> = new Set(ALL_ROUTE_KINDS);

/** The kinds of Linkerd's own that are neither routes nor ServiceProfiles. */
const POLICIES = LINKERD_SUBJECTS.filter(
  kind => !ROUTES.has(kind) && kind !== 'linkerd.io/ServiceProfile',
);

/**
 * The check of each kind that Linkerd's webhooks look at: its policies, ServiceProfiles, and routes that are its business.
 * Unknown fields of ServiceProfiles, and what breaks the schemas of the kinds where these are given, have checks of their
 * own.
 */
export function linkerdRefusalChecks(schemas?: ObjectSchemas): AnyCheck[] {
  return [
    ...POLICIES.map(subject =>
      defineCheck({
        ...COMMON,
        subject,
        run: (object: KubernetesObject) => problemsOf(object, schemas),
      }),
    ),
    defineCheck({
      ...COMMON,
      subject: 'linkerd.io/ServiceProfile',
      run: (profile, snapshot) =>
        problemsOf(
          profile,
          schemas,
          [...profileFieldUnknown.run(profile, snapshot)].map(
            ({ field }) => field,
          ),
        ),
    }),
    ...defineAllRouteChecks(COMMON, [], ({ route }) =>
      problemsOf(route, schemas),
    ),
  ];
}

/** What the webhooks refuse, as far as it can be told without the schemas of the kinds. */
export const linkerdRefuses: readonly AnyCheck[] = linkerdRefusalChecks();
