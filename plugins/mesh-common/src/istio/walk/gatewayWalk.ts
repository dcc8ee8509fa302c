import { WalkAnswer, WalkRequest } from '../../contract/walk';
import { EnrolmentMode } from '../../contract/mtls';
import { CallEvaluation } from '../../contract/callEvaluation';
import { WalkContext } from '../../mesh/MeshAdapter';
import { Token } from '../../mesh/whoMayCall/facts';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { evaluateHops } from '../authorization/hops';
import { meshConfig } from '../meshConfig';
import { authorizationStep } from './authorization';
import { OutboundAnswer } from './call';
import { requestFacts, tokensOf } from './callFacts';
import { tokensAtGateway } from './claims';
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
      headers: { ...request.headers, host: hostHeader(request) },
      ...(request.sni && { sni: request.sni }),
      tokens: acceptedTokens(snapshot, request, gateway) ?? 'unknown',
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
  const refused = atGateway(way, gateway, from, answer);
  if (refused?.ending) {
    return told([], refused);
  }
  const place = placeNamed(snapshot, request.host, client.namespace);
  const found = {
    ...proxied(way, place, answer),
    ...proxyMayDiffer(snapshot, client),
  };
  return told(refused?.steps ?? [], found);
}

/** A gateway whose pods are not known is taken to accept what comes. */
function acceptedTokens(
  snapshot: MeshSnapshot,
  request: WalkRequest,
  { client: { pod }, port }: GatewayClient,
): readonly Token[] | undefined {
  const tokens = tokensOf(request);
  const mesh = meshConfig(snapshot);
  return pod && mesh.state === 'read'
    ? tokensAtGateway(snapshot, { pod, port, config: mesh.config }, tokens)
    : tokens;
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

/** What the gateway's own policies say of the request, where its pods are known and it listens at all. */
function atGateway(
  way: Way,
  { client, port }: GatewayClient,
  { sourceIp }: FromGateway,
  { outcome }: OutboundAnswer,
): Found | undefined {
  const { snapshot } = way;
  const mesh = meshConfig(snapshot);
  if (!client.pod || outcome === 'no-listener' || mesh.state === 'unknown') {
    return undefined;
  }
  const evaluation: CallEvaluation = evaluateHops(
    {
      snapshot,
      pod: client.pod,
      port,
      mode: 'gateway' satisfies EnrolmentMode,
      config: mesh.config,
      protocol: way.reading === 'http' ? 'http' : 'tcp',
    },
    {
      ...requestFacts(way),
      peer: { type: 'none' },
      mode: 'none',
      inCluster: false,
      ...(sourceIp && { sourceIp, remoteIp: sourceIp }),
      sni: way.request.sni ?? '',
    },
    undefined,
  );
  const security = step('security', 'ok', '', []);
  const {
    outcome: decided,
    status,
    flag,
    steps,
  } = authorizationStep(
    { reading: way.reading === 'http' ? 'http' : 'none' },
    security,
    evaluation,
  );
  const [, authorization] = steps;
  if (decided === 'delivered') {
    // Where no policy is for the gateway there is nothing to say of it.
    return evaluation.hops.some(({ checks }) => checks.length > 0)
      ? { steps: [authorization], branches: [] }
      : undefined;
  }
  return {
    steps: [authorization],
    branches: [],
    ending: {
      outcome: decided,
      ...(status !== undefined && { status }),
      ...(flag && { flag }),
    },
  };
}
