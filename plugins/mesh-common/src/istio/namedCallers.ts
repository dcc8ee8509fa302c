import { AuthorizationPolicy } from './objects';

type Rule = NonNullable<
  NonNullable<AuthorizationPolicy['spec']>['rules']
>[number];
type Source = NonNullable<NonNullable<Rule['from']>[number]['source']>;

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

/**
 * Whether a rule is about named callers: by a condition, or in each of its sources. What names all there are, or
 * only excludes some, names nobody in particular.
 */
export function namesCallers({ from = [], when = [] }: Rule): boolean {
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
