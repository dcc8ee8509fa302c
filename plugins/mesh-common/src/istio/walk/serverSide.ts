import { Answer } from '../../contract/common';
import { Pod } from '../../kubernetes/core';
import { isInMesh } from '../../mesh/enrolment';
import { podEnrolment } from '../enrolment';
import { inboundPort } from '../inbound';
import { ConnectionOutcome, connectionTo } from '../inboundConnection';
import { authorizationAt } from './authorization';
import { WalkEndpoint } from './endpoints';
import { seenBy } from './refusal';
import { foreignServer, plainServer } from './otherServers';
import { outsideWorkload } from './outsideWorkload';
import { EndpointAnswer } from '../../mesh/walk/endpointGroups';
import { step } from '../../mesh/walk/steps';
import { unknownServer, Way } from './way';

/**
 * What an endpoint makes of a request: its connection has to be one that the server's proxy takes, and then
 * nobody may refuse the call. What is not known on the way makes the answer unknown.
 */
export function serverSide(way: Way, endpoint: WalkEndpoint): EndpointAnswer {
  if (endpoint.unheard) {
    return {
      outcome: 'failed',
      ...seenBy('no-connection', way.reading),
      steps: [
        step(
          'security',
          'ends',
          `Nothing of the pod is known to listen on port ${endpoint.port}: the client names the pod itself, so that the target port of the Service is not looked up`,
          endpoint.added.reasons,
        ),
      ],
    };
  }
  if (endpoint.added.fails) {
    return {
      outcome: 'failed',
      ...seenBy('no-connection', way.reading),
      steps: [
        step(
          'security',
          'ends',
          "The client's proxy never gets what it would check the server's certificate by, and opens no connection",
          endpoint.added.reasons,
        ),
      ],
    };
  }
  if (endpoint.added.tls === 'unknown') {
    return unknownServer(
      'It is not known what the client sends',
      endpoint.added,
    );
  }
  const { source } = endpoint;
  if (source?.kind !== 'Pod') {
    const outside = source && outsideWorkload(source);
    return outside
      ? meshServer(way, endpoint, outside, 'sidecar')
      : plainServer(way, endpoint);
  }
  const pod = source.object;
  const { mode } = podEnrolment(way.snapshot, pod);
  if (mode.value === 'unknown') {
    return unknownServer(
      'It is not known how the server takes part in the mesh',
      mode,
    );
  }
  if (isInMesh(mode.value)) {
    return meshServer(way, endpoint, pod, mode.value);
  }
  const other = way.serverOf(pod, way.snapshot);
  return other.mesh && isInMesh(other.enrolment.mode.value)
    ? foreignServer(way, endpoint, other)
    : plainServer(way, endpoint, mode.reasons);
}

type Mode = Parameters<typeof connectionTo>[3];

function meshServer(
  way: Way,
  endpoint: WalkEndpoint,
  pod: Pod,
  mode: Mode,
): EndpointAnswer {
  const connection = connectionOf(way, endpoint, pod, mode);
  const { term } = inboundPort(way.snapshot, pod, endpoint.port, mode).accepts;
  const reasons = [...endpoint.added.reasons, ...connection.reasons];
  const said = `client ${clientWords(way, endpoint)}, server ${
    term ?? 'takes connections as they are'
  }`;
  switch (connection.value) {
    case 'accepted':
    case 'opaque': {
      const secure = endpoint.added.tls === 'mesh' ? 'mutual TLS' : 'plaintext';
      const kind =
        endpoint.added.tls === 'other' || way.request.protocol === 'tls'
          ? 'TLS of another kind, passed on'
          : secure;
      const security = step(
        'security',
        'ok',
        `${said}: ${connection.value === 'opaque' ? kind : secure}`,
        reasons,
      );
      return authorizationAt(way, endpoint, pod, mode, security);
    }
    case 'refused': {
      const refusal =
        endpoint.added.tls === 'none' && way.request.protocol !== 'tls'
          ? 'closed'
          : 'no-connection';
      return {
        outcome: 'failed',
        ...seenBy(refusal, way.reading),
        steps: [
          step(
            'security',
            'ends',
            `${said}: the connection is ${
              refusal === 'closed' ? 'reset' : 'refused'
            }`,
            reasons,
          ),
        ],
      };
    }
    default:
      return unknownServer(`${said}: not known`, { ...connection, reasons });
  }
}

/** A ztunnel does not read what it carries, so that only its mutual TLS counts. */
function connectionOf(
  { snapshot, request }: Way,
  { added, port }: WalkEndpoint,
  pod: Pod,
  mode: Mode,
): Answer<ConnectionOutcome> {
  if (mode !== 'ambient') {
    const appTls = request.protocol === 'tls';
    const own = appTls ? 'other' : 'none';
    return connectionTo(snapshot, pod, port, mode, {
      tls: added.tls === 'mesh' || added.tls === 'other' ? added.tls : own,
      speaks: request.protocol === 'http' ? 'http' : 'tcp',
    });
  }
  const { value, reasons, cause } = inboundPort(
    snapshot,
    pod,
    port,
    mode,
  ).accepts;
  if (value === 'unknown') {
    return { value, reasons, ...(cause && { cause }) };
  }
  return {
    value:
      value === 'mtls-only' && added.tls !== 'mesh' ? 'refused' : 'accepted',
    reasons,
  };
}

function clientWords({ request }: Way, { added }: WalkEndpoint): string {
  switch (added.tls) {
    case 'mesh':
      return 'mutual TLS of the mesh';
    case 'other':
      return 'TLS of its own';
    default:
      return request.protocol === 'tls'
        ? 'TLS of the application'
        : 'plaintext';
  }
}
