import { HttpMatch } from '../objects';
import { isGatewayApi, SourceRule } from '../routing/source';
import { TakenRule } from './call';

/** The rule that was taken, as answers name it; of a delegate's it is the one that hands over to it. */
export function takenRule(rule: SourceRule, match: HttpMatch): TakenRule {
  const { kind, object, field } = rule.delegatedBy ?? rule.written;
  const route = isGatewayApi(rule) ? undefined : routeName(rule, match);
  return {
    kind,
    object,
    field,
    rule: indexIn(field),
    ...(route && { route }),
  };
}

/** As Envoy has it, in logs too. Upstream: pilot/pkg/networking/core/route/route.go, `TranslateRoute`. */
function routeName(
  { http: { name = '' } }: SourceRule,
  match: HttpMatch,
): string {
  return match.name ? `${name}.${match.name}` : name;
}

/** Of `spec.http[2]`. */
function indexIn(field: string): number {
  return Number(/\[(\d+)\]$/.exec(field)?.[1] ?? 0);
}
