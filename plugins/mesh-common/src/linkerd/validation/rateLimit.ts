import { Field } from '../../validation/Field';
import { Problems, refused } from '../../validation/report';
import { POLICY_GROUP } from '../targetRefs';
import { namedReference, refersTo } from './references';
import { LinkerdSubject } from './subject';

const RPS = 'requestsPerSecond';
const MAX_U32 = 4_294_967_295;

/**
 * What is refused of an HTTPLocalRateLimitPolicy: limits without a rate, overrides for nobody, a target that is no Server, rates of 0, rates of an identity or an
 * override above the total, and overrides for others than ServiceAccounts (linkerd2
 * policy-controller/runtime/src/admission.rs: `Validate<RateLimitPolicySpec>`).
 */
export function* rateLimit({ spec }: LinkerdSubject): Problems {
  const target = spec.get('targetRef');
  yield* namedReference(target);
  if (!refersTo(target, POLICY_GROUP, 'Server')) {
    yield refused(target, `invalid targetRef kind: ${target.get('kind').text}`);
  }
  const total = spec.get('total').get(RPS);
  for (const name of ['total', 'identity']) {
    if (spec.get(name).exists) {
      yield* rate(spec.get(name).get(RPS), name, total);
    }
  }
  for (const override of spec.get('overrides').items) {
    yield* rate(override.get(RPS), 'override', total);
    if (!override.get('clientRefs').exists) {
      yield refused(override.get('clientRefs'), 'clientRefs must be set');
    }
    for (const client of override.get('clientRefs').items) {
      yield* namedReference(client);
      if (!refersTo(client, '', 'ServiceAccount')) {
        yield refused(
          client,
          `overrides.clientRefs must be a ServiceAccount, not ${
            client.get('kind').text
          }`,
        );
      }
    }
  }
}

function* rate(field: Field, name: string, total: Field): Problems {
  if (
    !Number.isInteger(field.value) ||
    field.number < 0 ||
    field.number > MAX_U32
  ) {
    yield refused(field, `${name}.${RPS} must be a whole number`);
  } else if (field.number === 0) {
    yield refused(field, `${name}.${RPS} must be greater than 0`);
  } else if (total.exists && field.number > total.number) {
    yield refused(
      field,
      `${name}.${RPS} must be less than or equal to total.${RPS}`,
    );
  }
}
