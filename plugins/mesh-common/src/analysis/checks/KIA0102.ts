import { HTTP_METHODS } from '../../istio/httpMethods';
import { matchesText } from '../../istio/authorization/text';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { operationsOf } from '../ruleParts';

/** A rule of an AuthorizationPolicy is about a method that HTTP does not have. */
export const unknownMethod = defineCheck({
  code: 'KIA0102',
  level: 'warning',
  title: 'Unknown HTTP method',
  explanation:
    'The rule is about requests with a method that HTTP does not have, so that it is about none. The method of gRPC is POST: what it calls is the path (/package.Service/Method).',
  upstream:
    'authorization.NamespaceMethodChecker, AuthorizationPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/AuthorizationPolicy',
  needs: [],
  *run(policy) {
    for (const { part, field } of operationsOf(policy)) {
      for (const [index, method] of (part.methods ?? []).entries()) {
        const problem = problemWith(method);
        if (problem) {
          yield {
            message: `${refOf(
              policy,
            )} is about the method ${method}, ${problem}`,
            field: `${field}.methods[${index}]`,
          };
        }
      }
    }
  },
});

/** Methods are compared as they are written, so that one in lower case is none. */
function problemWith(method: string): string | undefined {
  if (isAboutSome(method)) {
    return undefined;
  }
  const right = method.trim().toUpperCase();
  return isAboutSome(right)
    ? `which no request has, since case and spaces count: write ${right}`
    : `which HTTP does not have: write one of ${HTTP_METHODS.join(', ')}${
        method.includes('/') ? ' and put what gRPC calls in paths' : ''
      }`;
}

function isAboutSome(method: string): boolean {
  return HTTP_METHODS.some(known => matchesText(method, known));
}
