import {
  BackendRef,
  HeaderModifier,
  RouteFilter,
} from '../../gateway-api/objects';
import { HeaderOperations } from '../objectParts';
import { HttpRoute } from '../objects';
import { ConvertedBackend } from './gatewayApiBackends';

type Converted = Pick<
  HttpRoute,
  'headers' | 'redirect' | 'rewrite' | 'mirrors' | 'corsPolicy'
>;

/**
 * What the filters of a rule (or of a backend) do, in the form of a VirtualService's. A mirror to a backend
 * that is not there is left out; CORS preflights of all origins are answered.
 *
 * Upstream: pilot/pkg/config/kube/gateway/conversion.go, `createHeadersFilter`, `createRedirectFilter`,
 * `createRewriteFilter`, `createMirrorFilter`, `createCorsFilter`.
 */
export function convertFilters(
  filters: readonly RouteFilter[],
  backend?: (reference: BackendRef) => ConvertedBackend,
): Converted {
  const converted: Converted = {};
  for (const filter of filters) {
    if (filter.requestHeaderModifier) {
      converted.headers = {
        ...converted.headers,
        request: headerOperations(filter.requestHeaderModifier),
      };
    }
    if (filter.responseHeaderModifier) {
      converted.headers = {
        ...converted.headers,
        response: headerOperations(filter.responseHeaderModifier),
      };
    }
    if (filter.requestRedirect) {
      converted.redirect = redirect(filter.requestRedirect);
    }
    if (filter.urlRewrite) {
      const rewritten = rewrite(filter.urlRewrite);
      if (rewritten) {
        converted.rewrite = rewritten;
      }
    }
    if (filter.type === 'CORS' && filter.cors) {
      // Which origins it allows is seen by browsers only.
      converted.corsPolicy = { unmatchedPreflights: 'IGNORE' };
    }
    if (filter.requestMirror && backend) {
      const mirrored = mirror(filter.requestMirror, backend);
      if (mirrored) {
        converted.mirrors = [...(converted.mirrors ?? []), mirrored];
      }
    }
  }
  return converted;
}

/** Of several entries for one header, whatever its case, the first counts. */
function headerOperations({
  set,
  add,
  remove,
}: HeaderModifier): HeaderOperations {
  return {
    ...(set?.length && { set: firstOfEach(set) }),
    ...(add?.length && { add: firstOfEach(add) }),
    ...(remove?.length && { remove }),
  };
}

function firstOfEach(
  headers: readonly { name: string; value: string }[],
): Record<string, string> {
  return Object.fromEntries(
    [...headers]
      .reverse()
      .map(({ name, value }) => [name.toLowerCase(), value]),
  );
}

function redirect({
  scheme,
  hostname,
  path,
  port,
  statusCode,
}: NonNullable<RouteFilter['requestRedirect']>): NonNullable<
  HttpRoute['redirect']
> {
  return {
    // The schema's default, where VirtualServices have 301.
    redirectCode: statusCode ?? 302,
    ...(hostname && { authority: hostname }),
    ...(scheme && { scheme }),
    ...(port !== undefined && { port }),
    ...(scheme === undefined &&
      port === undefined && { derivePort: 'FROM_REQUEST_PORT' }),
    ...(path?.replaceFullPath !== undefined && { uri: path.replaceFullPath }),
    ...(path?.replacePrefixMatch !== undefined && {
      prefixRewrite: path.replacePrefixMatch,
    }),
  };
}

function rewrite({
  path,
  hostname,
}: NonNullable<RouteFilter['urlRewrite']>): HttpRoute['rewrite'] {
  const uri =
    path?.type === 'ReplacePrefixMatch'
      ? (path.replacePrefixMatch ?? '').replace(/\/$/, '') || '/'
      : undefined;
  const full =
    path?.type === 'ReplaceFullPath' ? path.replaceFullPath : undefined;
  return uri === undefined && full === undefined && !hostname
    ? undefined
    : {
        ...(uri !== undefined && { uri }),
        ...(full !== undefined && {
          uriRegexRewrite: { match: '/.*', rewrite: full },
        }),
        ...(hostname && { authority: hostname }),
      };
}

function mirror(
  { backendRef, percent, fraction }: NonNullable<RouteFilter['requestMirror']>,
  backend: (reference: BackendRef) => ConvertedBackend,
): NonNullable<HttpRoute['mirrors']>[number] | undefined {
  const { destination, invalid } = backend(backendRef);
  if (invalid !== undefined) {
    return undefined;
  }
  const value = fraction
    ? (100 * fraction.numerator) / (fraction.denominator ?? 100)
    : percent;
  return {
    destination,
    ...(value !== undefined && { percentage: { value } }),
  };
}
