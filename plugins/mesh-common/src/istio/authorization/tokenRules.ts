import { Reason } from '../../contract/common';
import { namespaceOf } from '../../kubernetes/objects';
import { because } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { RequestAuthentication } from '../objects';
import { JwtRule } from './tokenRule';

const KIND = 'security.istio.io/RequestAuthentication';
const RULE = 'istio/request-authentication';

/** A rule of a RequestAuthentication, and where it is written. */
export interface WrittenTokenRule {
  policy: RequestAuthentication;
  index: number;
  rule: JwtRule;
}

/** The rules by which a proxy accepts tokens, in their order. */
export function tokenRules(
  policies: readonly RequestAuthentication[],
): WrittenTokenRule[] {
  return policies.flatMap(policy =>
    (policy.spec?.jwtRules ?? []).map((rule, index) => ({
      policy,
      rule,
      index,
    })),
  );
}

/** A reason that names the rule. */
export function tokenReason(
  snapshot: MeshSnapshot,
  { policy, index }: Pick<WrittenTokenRule, 'policy' | 'index'>,
  what: string,
): Reason {
  return because(
    RULE,
    `RequestAuthentication ${namespaceOf(policy)}/${
      policy.metadata.name
    } rule ${index + 1} ${what}`,
    {
      snapshot,
      kind: KIND,
      object: policy,
      field: `spec.jwtRules[${index}]`,
    },
  );
}
