import { Answer, Cause, Reason } from '../../contract/common';
import { WalkStep } from '../../contract/walk';
import { Service, ServicePort } from '../../kubernetes/core';
import { because } from '../../mesh/answers';
import { isInMesh } from '../../mesh/enrolment';
import { Ending, step } from '../../mesh/walk/steps';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { evaluationOf } from '../../mesh/whoMayCall/PortAuthorization';
import { portAuthorization } from '../authorization/portAuthorization';
import { podEnrolment } from '../enrolment';
import { identityOfPod } from '../identity';
import { GATEWAY_IDENTITY } from '../multicluster/gateways';
import { linksTo } from '../multicluster/targetClusters';
import { podDecider } from '../podSettings';
import { clientObstacle } from '../sends';
import { requestFacts } from './callFacts';
import { decisionOf } from './decided';
import { PodEndpoint } from './endpoints';
import { statusFor, Way } from './way';

const RULE = 'linkerd/walk/gateway';
const BAD_GATEWAY = 502;
const LOOP_DETECTED = 508;

/** The gateway of the other cluster, as a client comes to it. */
export interface Gateway {
  /** By the name that Links have for it. */
  cluster: string;
  service: Service;
  endpoint: PodEndpoint;
  /** `linkerd-gateway of the cluster east` */
  name: string;
}

/** Whether the gateway takes the request: with an ending it does not, or that is not known. */
export interface Entry {
  steps: WalkStep[];
  ending?: Ending;
  /** Whether it lets it in depends on what is not known of the request. */
  depends: boolean;
  /** That may make it come differently. */
  mayDiffer: readonly Reason[];
}

/** Why nothing of the client comes to a gateway, whatever the gateway is: it takes mutual TLS alone. */
export function withoutIdentity(
  way: Way,
  service: Service,
): Pick<Entry, 'steps' | 'ending'> | undefined {
  const { snapshot, client, request } = way;
  const address = service.spec.clusterIP;
  const obstacle =
    way.reading === 'none'
      ? { rule: RULE, text: 'No proxy of the client carries the request' }
      : clientObstacle(snapshot, client, { port: request.port, address });
  return (
    obstacle &&
    refused(
      way,
      `${obstacle.text}: gateways of other clusters take only what comes with mutual TLS of the mesh`,
      [obstacle],
    )
  );
}

function refused(
  way: Way,
  text: string,
  reasons: Reason[],
  status = BAD_GATEWAY,
): Pick<Entry, 'steps' | 'ending'> {
  const ended = statusFor(way, status);
  return {
    steps: [
      step(
        'security',
        'ends',
        ended === null ? `The connection is closed: ${text}` : text,
        reasons,
      ),
    ],
    ending: { outcome: 'failed', status: ended },
  };
}

/**
 * How a client's proxy comes into a gateway: with mutual TLS, in which it expects the identity that the Link (or the
 * gateway's Service) has; the gateway asks the policy of its own port, with the client's identity. One that has the
 * gateway's own identity would go round in a loop.
 *
 * Upstream: linkerd2-proxy, linkerd/app/inbound/src/direct.rs; linkerd/app/gateway/src/http/gateway.rs.
 */
export function enterGateway(way: Way, gateway: Gateway): Entry {
  const { on, pod, port } = gateway.endpoint;
  const known = (found: Pick<Entry, 'steps' | 'ending'>): Entry => ({
    ...found,
    depends: false,
    mayDiffer: [],
  });
  const { mode } = podEnrolment(on, pod);
  if (mode.value === 'unknown') {
    return known(
      unknownEntry(`It is not known whether ${gateway.name} has a proxy`, mode),
    );
  }
  const field = podDecider(on, pod, 'spec.containers');
  const own = identityOfPod(on, pod);
  if (!isInMesh(mode.value) || !own) {
    const text = `${gateway.name} has no proxy with an identity`;
    return known(refused(way, text, [because(RULE, text, field)]));
  }
  const expected = expectedIdentity(way.snapshot, gateway);
  if (expected && expected.identity !== own) {
    return known(
      refused(
        way,
        `The client expects ${expected.identity} at ${gateway.name}, which is ${own}`,
        [expected.reason],
      ),
    );
  }
  const identity =
    way.client.pod && identityOfPod(way.snapshot, way.client.pod);
  if (identity === own) {
    const text = `${gateway.name} refuses clients of its own identity ${own}: that would be a loop`;
    return known(
      refused(way, text, [because(RULE, text, field)], LOOP_DETECTED),
    );
  }
  // Whose address the gateway sees depends on what balances the load before it.
  const found = evaluationOf(
    portAuthorization(on, pod, port, mode.value),
    requestFacts(way, identity),
  );
  const { ending, authorization } = decisionOf(found, gateway.name);
  const secured = step(
    'security',
    'ok',
    `client mutual TLS of the mesh, to ${gateway.name}`,
    expected ? [expected.reason] : [because(RULE, 'It has an identity', field)],
  );
  const isTaken = ['allowed', 'depends'].includes(found.decision.value);
  return {
    steps: [secured, authorization],
    ...(!isTaken && { ending }),
    depends: found.decision.value === 'depends',
    mayDiffer: found.decision.mayDiffer ?? [],
  };
}

function unknownEntry(
  text: string,
  { cause, reasons }: Pick<Answer<unknown>, 'cause' | 'reasons'>,
): Pick<Entry, 'steps' | 'ending'> {
  const why: { cause?: Cause } = cause ? { cause } : {};
  return {
    steps: [step('security', 'unknown', text, reasons)],
    ending: { outcome: 'unknown', ...why },
  };
}

/** Mirrors have it of the Link, which had it of the gateway's Service when it was made. */
function expectedIdentity(
  snapshot: MeshSnapshot,
  { cluster, service, endpoint }: Gateway,
): { identity: string; reason: Reason } | undefined {
  const link = linksTo(snapshot, cluster).find(
    ({ spec }) => spec?.gatewayIdentity,
  );
  const identity =
    link?.spec?.gatewayIdentity ??
    service.metadata.annotations[GATEWAY_IDENTITY];
  if (!identity) {
    return undefined;
  }
  const text = `The gateway is expected to be ${identity}`;
  return {
    identity,
    reason: link
      ? because(RULE, text, {
          snapshot,
          kind: 'multicluster.linkerd.io/Link',
          object: link,
          field: 'spec.gatewayIdentity',
        })
      : because(RULE, text, {
          snapshot: endpoint.on,
          kind: 'Service',
          object: service,
          field: `metadata.annotations.${GATEWAY_IDENTITY}`,
        }),
  };
}

/** A port of the gateway's Service, by the one that the mirror leads to. */
export function gatewayPort(
  gateway: Service,
  { targetPort }: ServicePort,
): ServicePort | undefined {
  const { ports } = gateway.spec;
  return (
    ports.find(({ port }) => String(port) === String(targetPort)) ??
    ports.find(({ name }) => name === 'mc-gateway')
  );
}
