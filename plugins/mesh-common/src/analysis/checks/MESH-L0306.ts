import { ServiceProfile } from '../../linkerd/objects';
import { profileFieldsAt } from '../../linkerd/validation/profileSchema';
import { CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';

/** Fields that people write, as other tools have them, and what Linkerd has in their place. */
const RIGHT_FORMS: Readonly<Record<string, string>> = {
  'routes.circuitBreakers':
    'Circuit breaking is set on the Service, by the annotations balancer.linkerd.io/failure-accrual: consecutive and balancer.linkerd.io/failure-accrual-consecutive-max-failures: "5"',
  'routes.circuitBreaker':
    'Circuit breaking is set on the Service, by the annotation balancer.linkerd.io/failure-accrual: consecutive',
  'routes.retries':
    'Write isRetryable: true in the route and retryBudget: { retryRatio: 0.2, minRetriesPerSecond: 10, ttl: 10s } in spec; or, without a ServiceProfile, the annotations retry.linkerd.io/http: 5xx and retry.linkerd.io/limit: "3" on the Service or its HTTPRoute',
  'routes.retry':
    'Write isRetryable: true in the route and retryBudget: { retryRatio: 0.2, minRetriesPerSecond: 10, ttl: 10s } in spec',
  'routes.retryBudget': 'It belongs into spec: all routes share it',
  'routes.timeouts': 'Write timeout: 300ms',
  'routes.responseClasses.statusCodes':
    'Write condition: { status: { min: 500, max: 599 } }',
  'routes.responseClasses.name': 'A response class has no name',
  'retryBudget.percentile':
    'A retryBudget has retryRatio, minRetriesPerSecond and ttl',
};

/** What each part of a ServiceProfile has. */
const FIELDS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  ['', 'routes', 'routes.responseClasses', 'retryBudget', 'dstOverrides'].map(
    part => [part, profileFieldsAt(part)],
  ),
);

/** A ServiceProfile has a field that Linkerd's definition does not: the API server drops it. */
export const profileFieldUnknown = defineCheck({
  code: 'MESH-L0306',
  level: 'error',
  title: 'Field that a ServiceProfile does not have',
  explanation:
    'The API server drops fields that the definition of ServiceProfile does not have, most often without a word. A ServiceProfile says which routes there are, which of them may be retried within one budget, their timeouts, and which responses are failures; it has no circuit breaker and no retries of one route.',
  upstream: 'charts/linkerd-crds/templates/serviceprofile.yaml (linkerd2)',
  mesh: 'linkerd',
  subject: 'linkerd.io/ServiceProfile',
  needs: [],
  *run(profile) {
    yield* unknownFields(profile, profile.spec, '', 'spec');
  },
});

function* unknownFields(
  profile: ServiceProfile,
  value: unknown,
  part: string,
  path: string,
): Iterable<CheckFinding> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* unknownFields(profile, item, part, `${path}[${index}]`);
    }
    return;
  }
  const known: readonly string[] | undefined = FIELDS[part];
  if (!known || typeof value !== 'object' || value === null) {
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    const inner = part ? `${part}.${name}` : name;
    if (known.includes(name)) {
      yield* unknownFields(profile, member, inner, `${path}.${name}`);
    } else {
      const field = `${path}.${name}`;
      const right = Object.hasOwn(RIGHT_FORMS, inner)
        ? RIGHT_FORMS[inner]
        : `It has ${known.join(', ')} there`;
      yield {
        message: `${refOf(
          profile,
        )}: unknown field "${field}", which has no effect. ${right}`,
        field,
      };
    }
  }
}
