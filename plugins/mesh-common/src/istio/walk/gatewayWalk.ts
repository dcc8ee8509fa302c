import { WalkAnswer, WalkRequest } from '../../contract/walk';
import { WalkContext } from '../../mesh/MeshAdapter';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { meshConfig } from '../meshConfig';
import { forwardedProto, trustedProxies } from '../trustedProxies';
import { OutboundAnswer } from './call';
import { atGateway } from './gatewayPolicies';
import {
  changedBehind,
  GatewayTokens,
  gatewayTokens,
  takenOutStep,
} from './gatewayTokens';
import {
  answerOf,
  Found,
  unknownFound,
  unknownStep,
} from '../../mesh/walk/compose';
import { GatewayClient, gatewayClient } from './gatewayClient';
import { ingressWaypoint } from './ingressWaypoint';
import { placeNamed } from './names';
import { outboundCall } from './outboundCall';
import { proxyMayDiffer } from './extensions';
import { proxied } from './proxied';
import { ClientReading } from './refusal';
import { lowerCase, withOperations } from '../../mesh/walk/headers';
import { hostHeader, step } from '../../mesh/walk/steps';
import { Way } from './way';

type FromGateway = Extract<WalkRequest['from'], { gateway: unknown }>;

/**
 * A request from outside through a gateway: its own policies come first, even before it is known whether a route
 * takes the request; behind it the gateway is the client.
 */
export function gatewayWalk(
  snapshot: MeshSnapshot,
  request: WalkRequest,
  from: FromGateway,
  { serverOf }: WalkContext,
): WalkAnswer {
  const gateway = gatewayClient(snapshot, from.gateway, request.port);
  const { client } = gateway;
  const host = step(
    'host',
    'ok',
    `${request.host}, from outside through ${client.name}`,
    gateway.reasons,
  );
  const tokens = gatewayTokens(snapshot, request, gateway);
  const trusted = trustedBefore(snapshot, gateway);
  const proto = forwardedProto(request.headers, trusted);
  const answer = outboundCall(
    snapshot,
    { proxy: 'gateway', namespace: client.namespace, labels: client.labels },
    {
      protocol: request.protocol,
      host: hostHeader(request).replace(/:\d+$/, ''),
      port: gateway.port,
      method: request.method,
      path: request.path,
      // Clients know the port of the Service, not the container's.
      headers: {
        ...routedHeaders(request, tokens),
        host: hostHeader(request),
      },
      ...(request.sni && { sni: request.sni }),
      ...(proto !== undefined && { forwardedProto: proto }),
      tokens: tokens.accepted ?? 'unknown',
    },
  );
  const told = (steps: Found['steps'], found: Found) =>
    answerOf('istio', request, {
      ...found,
      steps: [host, ...steps, ...found.steps],
      predicted: snapshot.origin === 'files',
    });
  if ('value' in answer) {
    return told([], unknownFound(unknownStep(answer), answer.cause));
  }
  const reading = gatewayReading(request, answer);
  const way: Way = {
    snapshot,
    // Behind a gateway that ends TLS there is plaintext HTTP in its own connection.
    request: reading === 'http' ? { ...request, protocol: 'http' } : request,
    client,
    proxy: {
      proxy: 'gateway',
      namespace: client.namespace,
      labels: client.labels,
    },
    reading,
    serverOf,
    toWaypoint: ingressWaypoint,
    authority: hostHeader(request),
    path: request.path,
    headers: [],
  };
  const refused = atGateway(way, { ...gateway, trusted }, from, answer);
  if (refused?.ending) {
    return told([], refused);
  }
  const place = placeNamed(snapshot, request.host, client.namespace);
  const found = {
    ...proxied({ ...way, headers: changedBehind(tokens) }, place, answer),
    ...proxyMayDiffer(snapshot, client),
  };
  return told(
    [...(refused?.steps ?? []), ...takenOutStep(tokens.takenOut)],
    found,
  );
}

/** The headers by which a gateway routes. */
function routedHeaders(
  { headers }: WalkRequest,
  { headers: made }: GatewayTokens,
): Readonly<Record<string, string>> {
  return made && made !== 'unknown'
    ? withOperations(lowerCase(headers), made)
    : headers;
}

/** How many proxies in front of a gateway are trusted; none where its pods are not known. */
function trustedBefore(
  snapshot: MeshSnapshot,
  { client: { pod } }: GatewayClient,
): number {
  const mesh = meshConfig(snapshot);
  return pod && mesh.state === 'read' ? trustedProxies(pod, mesh.config) : 0;
}

function gatewayReading(
  { protocol }: WalkRequest,
  { by, retries, outcome }: OutboundAnswer,
): ClientReading {
  if (protocol === 'http') {
    return 'http';
  }
  const isHttp =
    retries !== undefined ||
    ['redirect', 'direct-response', 'no-route'].includes(outcome) ||
    (by !== undefined &&
      (by.field.startsWith('spec.http') || /(HTTP|GRPC)Route$/.test(by.kind)));
  return protocol === 'tls' && isHttp ? 'http' : 'tcp';
}
