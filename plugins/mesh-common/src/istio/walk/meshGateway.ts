import { WalkBranch, WalkStep } from '../../contract/walk';
import { Pod } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import {
  FoundBranch,
  unknownFound,
  unknownStep,
} from '../../mesh/walk/compose';
import { lowerCase, withOperations } from '../../mesh/walk/headers';
import { workloadOfPod } from '../../mesh/workloads';
import { podEnrolment } from '../enrolment';
import { identityOf } from '../identity';
import { OutboundAnswer } from './call';
import { WalkEndpoint } from './endpoints';
import { placeNamed } from './names';
import { outboundCall } from './outboundCall';
import { proxied } from './proxied';
import { ClientReading, seenBy } from './refusal';
import { Way } from './way';

/**
 * What becomes of a branch whose endpoints are pods of a gateway that is called inside the mesh, such as an egress gateway: it
 * is no application, and sends the request on by routes of its own, as a client of its own. Undefined: there is no such
 * gateway, or it refuses the request.
 *
 * Upstream: pilot/pkg/networking/core/gateway.go, `buildGatewayListeners` (gateways have the same listeners for all clients).
 */
export function throughMeshGateway(
  way: Way,
  branch: WalkBranch,
  endpoints: readonly WalkEndpoint[],
): FoundBranch[] | undefined {
  const [first] = endpoints;
  const pod = gatewayPod(way, endpoints);
  if (!first || !pod || branch.outcome !== 'delivered') {
    return undefined;
  }
  const { snapshot, request } = way;
  const at = workloadOfPod(snapshot, pod).ref;
  const labels = pod.metadata.labels;
  const namespace = namespaceOf(pod);
  const headers = way.headers.reduce(
    withOperations,
    lowerCase(request.headers),
  );
  const host = way.authority.replace(/:\d+$/, '');
  const answer = outboundCall(
    snapshot,
    { proxy: 'gateway', namespace, labels },
    {
      protocol: first.added.tls === 'none' ? request.protocol : 'tls',
      host,
      port: first.port,
      method: request.method,
      path: way.path,
      headers: { ...headers, host: way.authority },
      ...(way.sni && { sni: way.sni }),
    },
  );
  const identity = identityOf(snapshot, pod);
  const found =
    'value' in answer
      ? unknownFound(unknownStep(answer), answer.cause)
      : proxied(
          {
            ...way,
            request: { ...request, host, path: way.path, headers },
            headers: [],
            client: {
              name: `Gateway ${at.namespace}/${at.name}`,
              namespace,
              labels,
              mode: 'gateway',
              pod,
              ...(identity && { identity }),
            },
            proxy: { proxy: 'gateway', namespace, labels },
            reading: readingAt(way, answer),
            toGateway: undefined,
          },
          placeNamed(snapshot, host, namespace),
          answer,
        );
  const steps = [
    ...branch.steps.map(step => (isOfServer(step) ? { ...step, at } : step)),
    ...found.steps.map(step => ({ ...step, at })),
  ];
  const branches: readonly FoundBranch[] = found.ending
    ? [
        {
          ...branch,
          ...found.ending,
          steps: [],
        },
      ]
    : found.branches;
  return branches.map(next => ({
    ...next,
    ...seenBefore(way, next, found.ending !== undefined),
    percent: (branch.percent * next.percent) / 100,
    via: [at, ...(next.via ?? [])],
    steps: [...steps, ...next.steps],
  }));
}

/** What the gateway decides as a server: it is not what the server behind it does. */
function isOfServer({ step }: WalkStep): boolean {
  return step === 'authorization' || step === 'security';
}

/** Where the gateway closes the connection, the client's proxy, which reads HTTP, answers for it. */
function seenBefore(
  { reading }: Way,
  { status, outcome }: WalkBranch,
  /** No connection to it comes about: none of its servers is for it. */
  atOnce: boolean,
): Partial<WalkBranch> {
  return reading === 'http' && status === null && outcome !== 'delivered'
    ? seenBy(atOnce ? 'no-connection' : 'closed', reading)
    : {};
}

/** The pod that stands for the endpoints, where all of them are of a gateway. */
function gatewayPod(
  { snapshot }: Way,
  endpoints: readonly WalkEndpoint[],
): Pod | undefined {
  const pods = endpoints.flatMap(({ source, cluster }) =>
    source?.kind === 'Pod' && cluster === undefined ? source.object : [],
  );
  return pods.length === endpoints.length &&
    pods.every(pod => podEnrolment(snapshot, pod).mode.value === 'gateway')
    ? pods[0]
    : undefined;
}

/** Only what it routes as HTTP it reads. */
function readingAt(
  { reading }: Way,
  { outcome, by }: OutboundAnswer,
): ClientReading {
  const routesHttp =
    ['redirect', 'direct-response', 'no-route'].includes(outcome) ||
    (by !== undefined &&
      (by.field.startsWith('spec.http') || /(HTTP|GRPC)Route$/.test(by.kind)));
  return reading === 'http' && routesHttp ? 'http' : 'tcp';
}
