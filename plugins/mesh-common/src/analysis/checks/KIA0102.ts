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
        if (!HTTP_METHODS.some(known => matchesMethod(method, known))) {
          yield {
            message: `${refOf(
              policy,
            )} is about the method ${method}, which HTTP does not have: write one of ${HTTP_METHODS.join(
              ', ',
            )}${
              method.includes('/') ? ' and put what gRPC calls in paths' : ''
            }`,
            field: `${field}.methods[${index}]`,
          };
        }
      }
    }
  },
});

function matchesMethod(written: string, method: string): boolean {
  return matchesText(written.trim().toUpperCase(), method);
}
