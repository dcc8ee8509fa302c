import { Cause, Reason } from '../contract/common';
import { WalkAnswer, WalkRequest } from '../contract/walk';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isInMesh, meshOfPod } from './enrolment';
import { meshOfGateway } from './gatewayMesh';
import { MeshAdapter, WalkContext } from './MeshAdapter';
import { Sender } from './sending';
import { UnknownPlaceError } from './serviceRouting';
import { sendersOf } from './senders';
import { Workload, workloadNamed, findWorkload } from './workloads';

const RULE = 'mesh/walk';

/**
 * The way of one request. The mesh of the client walks it, or the one whose the gateway is through which it comes; where the
 * client has none, the mesh that the cluster has.
 * Where the pods of the client differ in how they take part, what they get may differ too: then it depends. Throws
 * UnknownPlaceError where the cluster has no such client.
 *
 * @public
 */
export function requestWalk(
  snapshot: MeshSnapshot,
  request: WalkRequest,
  meshes: readonly MeshAdapter[],
): WalkAnswer {
  const serverOf: WalkContext['serverOf'] = (pod, on) =>
    meshOfPod(on, pod, meshes);
  if ('gateway' in request.from) {
    const { mesh, ...why } = meshOfGateway(
      snapshot,
      request.from.gateway,
      meshes,
    );
    return (
      mesh?.walk?.(snapshot, request, { serverOf }) ??
      notWalked(request, mesh, 'reasons' in why ? why : undefined)
    );
  }
  const workload = workloadOf(snapshot, request.from.workload);
  const answers = sendersOf(snapshot, workload, meshes).map(sender =>
    walkOf(snapshot, request, sender, meshes, serverOf),
  );
  return either(request, answers);
}

function walkOf(
  snapshot: MeshSnapshot,
  request: WalkRequest,
  { mesh, client }: Sender,
  meshes: readonly MeshAdapter[],
  serverOf: WalkContext['serverOf'],
): WalkAnswer {
  const walker =
    mesh && isInMesh(client.mode) ? mesh : meshOfCluster(snapshot, meshes);
  return (
    walker?.walk?.(snapshot, request, { client, serverOf }) ??
    notWalked(request, walker)
  );
}

function workloadOf(
  snapshot: MeshSnapshot,
  { namespace, kind, name }: { namespace: string; kind: string; name: string },
): Workload {
  const workload = kind
    ? findWorkload(snapshot, { namespace, kind, name })
    : workloadNamed(snapshot, namespace, name);
  if (!workload) {
    throw new UnknownPlaceError(
      `There is no ${kind || 'workload'} ${namespace}/${name} on the cluster ${
        snapshot.cluster
      }`,
    );
  }
  return workload;
}

function meshOfCluster(
  snapshot: MeshSnapshot,
  meshes: readonly MeshAdapter[],
): MeshAdapter | undefined {
  const able = meshes.filter(({ walk }) => walk);
  return able.find(mesh => mesh.clusterMesh(snapshot)) ?? able[0];
}

function notWalked(
  request: WalkRequest,
  mesh?: MeshAdapter,
  why?: { cause: Cause; reasons: readonly Reason[] },
): WalkAnswer {
  const reasons = why
    ? [...why.reasons]
    : [
        {
          rule: RULE,
          text: `What becomes of a request of a client in ${
            mesh?.title ?? 'this mesh'
          } is not looked at yet`,
        },
      ];
  const [{ text }] = reasons;
  return {
    request,
    ...(mesh && { mesh: mesh.id }),
    outcome: {
      value: 'unknown',
      cause: why?.cause ?? 'not-modelled',
      reasons,
    },
    steps: [{ step: 'route', result: 'unknown', text, reasons }],
    branches: [],
    mirrors: [],
    summary: `Not known: ${text}`,
  };
}

function either(
  request: WalkRequest,
  answers: readonly WalkAnswer[],
): WalkAnswer {
  const [first, ...others] = answers;
  if (!first) {
    return notWalked(request);
  }
  const differs = others.find(
    ({ outcome, status, summary }) =>
      outcome.value !== first.outcome.value ||
      status !== first.status ||
      summary !== first.summary,
  );
  if (!differs) {
    return first;
  }
  const text = `The pods of the client differ in how they take part in the mesh: ${answers
    .map(({ summary }) => summary)
    .join('; or: ')}`;
  const { status: _, flag: __, ...rest } = first;
  return {
    ...rest,
    outcome: {
      value: answers.some(({ outcome }) => outcome.value === 'unknown')
        ? 'unknown'
        : 'depends',
      reasons: answers.flatMap(({ outcome }) => outcome.reasons),
    },
    steps: [
      {
        step: 'host',
        result: 'depends',
        text,
        reasons: [{ rule: RULE, text }],
      },
      ...first.steps,
    ],
    summary: text,
  };
}
