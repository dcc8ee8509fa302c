import { probesOf } from '../kubernetes/containerProbes';
import { Container, Pod } from '../kubernetes/core';
import { GRPC_ROUTE_KIND, LinkerdRoute } from './linkerdRoutes';

/**
 * The paths that the kubelet asks for by HTTP, by port. A port that a probe names is looked up in its own
 * container, among its TCP ports, whatever the case of the name. A path that is none in a URI is left out.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/pod.rs, `pod_http_probes`.
 *
 * @public
 */
export function probePaths(
  pod: Pick<Pod, 'spec'>,
): ReadonlyMap<number, ReadonlySet<string>> {
  const paths = new Map<number, Set<string>>();
  for (const container of [
    ...pod.spec.initContainers,
    ...pod.spec.containers,
  ]) {
    for (const {
      probe: { httpGet },
    } of probesOf(container)) {
      const port = httpGet && portOf(container, httpGet.port);
      const path = pathOf(httpGet?.path);
      if (port !== undefined && path !== undefined) {
        const known = paths.get(port) ?? new Set();
        known.add(path);
        paths.set(port, known);
      }
    }
  }
  return paths;
}

function portOf(
  container: Container,
  port: number | string,
): number | undefined {
  return typeof port === 'number'
    ? port
    : container.ports.find(
        ({ name, protocol }) =>
          name?.toLowerCase() === port.toLowerCase() && protocol === 'TCP',
      )?.containerPort;
}

/** The characters that the path of a URI, or its query, can have to the controller. */
const PATH = /^\/[!-;=?-_a-~\x80-\uffff]*$/;
const QUERY = /^[!#-;=?-~\x80-\uffff]*$/;

/** A host with its user and port, if they are written, as the controller knows it. */
const IN_HOST = String.raw`[!$&-.\w;=~]*`;
const AUTHORITY = String.raw`(?:[!$&-.\w:;=~%@]*@)?(?:${IN_HOST}\[[!$&-.\w:;=~]*\])?${IN_HOST}(?::${IN_HOST})?(?<=[^@/])`;
const HOST = new RegExp(`^${AUTHORITY}$`);
const ORIGIN = new RegExp(`^[A-Za-z0-9+.-]*://${AUTHORITY}(?=[/?#]|$)/?`);

/**
 * The path without query and fragment; where none is written, the root. To the controller a text without slash is the
 * name of a host, and has an empty path, which no request has. Undefined where the text is no URI.
 */
function pathOf(written: string | undefined): string | undefined {
  const text = written || '/';
  if (text === '*') {
    return text;
  }
  if (HOST.test(text)) {
    return '';
  }
  const [uri] = text.replace(ORIGIN, '/').split('#');
  const [path, ...query] = uri.split('?');
  return PATH.test(path) && QUERY.test(query.join('?')) ? path : undefined;
}

/**
 * GET of these paths is let in without an identity, from these networks.
 *
 * @public
 */
export interface ProbeExemption {
  paths: readonly string[];
  networks: readonly string[];
}

/**
 * The probes that are let in on a port whatever its policy: those that the kubelet sends, from the networks
 * that the control plane names for it.
 *
 * Upstream: policy-controller/k8s/index/src/inbound/index/http.rs, `for_probes`.
 */
export function probeExemption(
  pod: Pod,
  port: number,
  networks: readonly string[],
): ProbeExemption | undefined {
  const paths = [...(probePaths(pod).get(port) ?? [])].sort();
  return paths.length > 0 && networks.length > 0
    ? { paths, networks }
    : undefined;
}

/**
 * Whether a route serves nothing but the probes of a pod on a port: each of its rules matches only GET of
 * exactly a path that a probe asks for.
 */
export function isProbeRoute(
  { kind, route }: LinkerdRoute,
  pod: Pod,
  port: number,
): boolean {
  const paths = probePaths(pod).get(port);
  if (!paths || kind === GRPC_ROUTE_KIND) {
    return false;
  }
  const rules = route.spec?.rules ?? [];
  return (
    rules.length > 0 &&
    rules.every(
      ({ matches = [] }) =>
        matches.length > 0 &&
        matches.every(
          ({ method, path }) =>
            method === 'GET' &&
            path?.type === 'Exact' &&
            paths.has(path.value ?? '/'),
        ),
    )
  );
}
