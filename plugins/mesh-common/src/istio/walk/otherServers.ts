import { Reason } from '../../contract/common';
import { MeshPod } from '../../mesh/enrolment';
import { TLS_MODE_LABEL } from '../pods';
import { WalkEndpoint } from './endpoints';
import { seenBy } from './refusal';
import { factsOf } from './callFacts';
import { authorizationStep } from './authorization';
import { EndpointAnswer } from '../../mesh/walk/endpointGroups';
import { step } from '../../mesh/walk/steps';
import { evaluationOf } from '../../mesh/whoMayCall/PortAuthorization';
import { unknownServer, Way } from './way';

const RULE = 'istio/walk/server';

/**
 * A server without a proxy of the mesh. Mutual TLS of the mesh is nothing that its application could answer; TLS of
 * another kind, and plaintext, reach it as they are.
 */
export function plainServer(
  way: Way,
  endpoint: WalkEndpoint,
  why: readonly Reason[] = [],
): EndpointAnswer {
  const { added, source } = endpoint;
  if (added.tls === 'mesh' && isWorkloadEntry(endpoint)) {
    return unknownServer(
      `Nothing says whether a proxy runs at the workload outside the cluster, which has neither a service account nor the label ${TLS_MODE_LABEL}=istio`,
      { reasons: added.reasons, cause: 'not-modelled' },
    );
  }
  if (added.tls === 'mesh') {
    return {
      outcome: 'failed',
      ...seenBy('no-connection', way.reading),
      steps: [
        step(
          'security',
          'ends',
          'client mutual TLS of the mesh, server has no proxy that could end it: the handshake fails',
          [...added.reasons, ...why],
        ),
      ],
    };
  }
  const sent =
    added.tls === 'other' || way.request.protocol === 'tls'
      ? 'TLS that is not of the mesh'
      : 'plaintext';
  return {
    outcome: 'delivered',
    steps: [
      step(
        'security',
        'ok',
        source?.kind === 'Pod'
          ? `${sent}: the server has no proxy`
          : `${sent}: the server is outside the mesh`,
        [...added.reasons, ...why],
      ),
      step('authorization', 'ok', 'No proxy of the server asks who calls', [
        { rule: RULE, text: 'The server has no proxy of the mesh' },
      ]),
    ],
  };
}

function isWorkloadEntry({ source }: WalkEndpoint): boolean {
  return source?.kind === 'networking.istio.io/WorkloadEntry';
}

/** A server that another mesh carries, to which this one is a client without identity. */
export function foreignServer(
  way: Way,
  endpoint: WalkEndpoint,
  { pod, mesh, enrolment }: MeshPod,
): EndpointAnswer {
  const mode = enrolment.mode.value;
  const accepts = mesh?.accepts(way.snapshot, pod, endpoint.port, mode).accepts;
  const title = mesh?.title ?? 'another mesh';
  const facts = factsOf(way, endpoint);
  if (!mesh || !accepts || accepts.value === 'unknown' || !facts) {
    return unknownServer(
      `It is not known what the server, which is in ${title}, takes`,
      accepts ?? { reasons: [] },
    );
  }
  const reasons = [...endpoint.added.reasons, ...accepts.reasons];
  const refused =
    endpoint.added.tls !== 'none' ||
    accepts.value === 'mtls-only' ||
    accepts.value === 'nothing';
  if (refused) {
    return {
      outcome: 'failed',
      ...seenBy('no-connection', way.reading),
      steps: [
        step(
          'security',
          'ends',
          `The server is in ${title}, which does not take what the client sends`,
          reasons,
        ),
      ],
    };
  }
  const port = mesh.authorization(way.snapshot, pod, endpoint.port, mode);
  return authorizationStep(
    way,
    step('security', 'ok', `plaintext: the server is in ${title}`, reasons),
    evaluationOf(port, facts, way.service),
  );
}
