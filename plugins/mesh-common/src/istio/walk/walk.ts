import { Reason } from '../../contract/common';
import { WalkAnswer, WalkRequest, WalkStep } from '../../contract/walk';
import { WalkContext } from '../../mesh/MeshAdapter';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { meshConfig } from '../meshConfig';
import { injectedRevision } from '../pods';
import { ambientWalk } from './ambient';
import { captured } from './captured';
import { workloadClient } from './client';
import {
  answerOf,
  Found,
  unknownFound,
  unknownStep,
  unresolvedFound,
} from '../../mesh/walk/compose';
import { directBranch } from './direct';
import { proxyMayDiffer } from './extensions';
import { gatewayWalk } from './gatewayWalk';
import { hostStep } from './hostStep';
import { throughMeshGateway } from './meshGateway';
import { looksUpMeshNames } from './meshNames';
import { isAddress, NamedPlace, placeNamed } from './names';
import { outboundCall } from './outboundCall';
import { proxied } from './proxied';
import { sidecarReading } from './reading';
import { hostHeader, step } from '../../mesh/walk/steps';
import { Way } from './way';

const RULE = 'istio/walk';

/**
 * The way of one request: what its host means, which route takes it, to which endpoints it goes, how their proxies
 * meet the connection, whom they let in, and what holds on the way. Each step names what decides it. The request
 * comes through a gateway, from a workload whose own proxy routes it, through a ztunnel, or past the mesh.
 */
export function walk(
  snapshot: MeshSnapshot,
  request: WalkRequest,
  context: WalkContext,
): WalkAnswer {
  if ('gateway' in request.from) {
    return gatewayWalk(snapshot, request, request.from, context);
  }
  const client = workloadClient(snapshot, context.client ?? { mode: 'none' });
  const place = placeNamed(snapshot, request.host, client.namespace);
  const host = hostStep(snapshot, place, () =>
    looksUpMeshNames(
      client,
      meshConfig(snapshot, client.pod && injectedRevision(client.pod)),
    ),
  );
  if (host.result === 'unknown') {
    return answerOf('istio', request, unknownFound(host));
  }
  if (host.result === 'ends') {
    return answerOf('istio', request, unresolvedFound(host));
  }
  const way: Way = {
    snapshot,
    request,
    client,
    reading: 'none',
    serverOf: context.serverOf,
    authority: hostHeader(request),
    path: request.path,
    headers: [],
    ...(place.is === 'service' && {
      service: place.service,
      servicePort: request.port,
    }),
  };
  const found = byMode(way, place);
  return answerOf('istio', request, {
    ...found,
    steps: [host, ...found.steps],
    predicted: snapshot.origin === 'files',
  });
}

function byMode(way: Way, place: NamedPlace): Found {
  const { client } = way;
  switch (client.mode) {
    case 'sidecar':
    case 'native-sidecar': {
      const { bypass, open } = captured(way, place);
      return bypass
        ? unrouted(withoutProxy(way), place, [bypass])
        : withNote(sidecarWalk(way, place), open);
    }
    case 'ambient':
      return ambientWalk(way, place);
    case 'none':
      return unrouted(way, place, [
        { rule: RULE, text: `${client.name} has no proxy of the mesh` },
      ]);
    default:
      return unknownFound(
        step(
          'route',
          'unknown',
          `What ${client.name} sends, which takes part as ${client.mode}, is not looked at`,
          [],
        ),
      );
  }
}

function withNote(found: Found, open: Reason | undefined): Found {
  return open
    ? { ...found, mayDiffer: [...(found.mayDiffer ?? []), open] }
    : found;
}

/** Past the proxy nobody presents the client's identity. */
function withoutProxy(way: Way): Way {
  const { identity: _, ...client } = way.client;
  return { ...way, client: { ...client, mode: 'none' } };
}

function unrouted(
  way: Way,
  place: NamedPlace,
  reasons: WalkStep['reasons'],
): Found {
  return {
    steps: [
      step(
        'route',
        'ok',
        'No proxy takes the request on the side of the client: no routes apply',
        reasons,
      ),
    ],
    branches: [directBranch(way, place, reasons, { tunnels: false })],
  };
}

function sidecarWalk(way: Way, place: NamedPlace): Found {
  const { snapshot, request, client } = way;
  const revision = client.pod && injectedRevision(client.pod);
  const mesh = meshConfig(snapshot, revision);
  if (mesh.state === 'unknown') {
    return unknownFound(unknownStep(mesh.answer), mesh.answer.cause);
  }
  const answer = outboundCall(
    snapshot,
    { proxy: 'sidecar', namespace: client.namespace, labels: client.labels },
    {
      protocol: request.protocol,
      host: hostOf(way),
      port: request.port,
      method: request.method,
      path: request.path,
      headers: request.headers,
      ...(request.sni && { sni: request.sni }),
      ...(isAddress(request.host) && { address: request.host }),
    },
  );
  if ('value' in answer) {
    return unknownFound(unknownStep(answer), answer.cause);
  }
  const reading =
    request.protocol === 'http'
      ? sidecarReading(
          snapshot,
          client,
          place,
          request.port,
          answer,
          mesh.config,
        )
      : 'tcp';
  return {
    ...proxied(
      {
        ...way,
        reading,
        toGateway: throughMeshGateway,
        proxy: {
          proxy: 'sidecar',
          namespace: client.namespace,
          labels: client.labels,
        },
      },
      place,
      answer,
    ),
    ...proxyMayDiffer(snapshot, client),
  };
}

/** Without the port. */
function hostOf({ authority }: Way): string {
  return authority.replace(/:\d+$/, '');
}
