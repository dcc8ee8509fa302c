import { WorkloadController } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { because, unreadInput } from '../../mesh/answers';
import { MeshAdapter } from '../../mesh/MeshAdapter';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import {
  fail,
  Judgement,
  Measurement,
  pass,
  unknownBecause,
  workloadName,
} from '../measurement';

const RULE = 'checklist/control-plane';
const KIND = 'apps/Deployment';

/** The control plane of the mesh is there, and each of its Deployments has a pod that is ready. */
export const controlPlane: Measurement = {
  looksAt:
    'The Deployments of the control plane (istiod; the destination, identity and injector of Linkerd): each has a pod that is ready.',
  ofPart: ({ workloads }) =>
    workloads.flatMap(({ mesh, mtls: { workload, enrolment } }) =>
      mesh || enrolment.value !== 'none'
        ? []
        : [fail(`${workloadName(workload)} is in no mesh`, enrolment.reasons)],
    ),
  ofMesh: (snapshot, mesh) =>
    ofDeployments(snapshot, mesh, 'status.readyReplicas', deployment => ({
      good: ready(deployment) > 0,
      text: `${ready(deployment)} of ${wanted(deployment)} pods are ready`,
    })),
};

/** Each Deployment of the control plane runs two pods or more, so that one may go. */
export const controlPlaneReplicas: Measurement = {
  looksAt:
    'The Deployments of the control plane (istiod; the destination, identity and injector of Linkerd): two pods or more are asked for and ready.',
  ofMesh: (snapshot, mesh) =>
    ofDeployments(snapshot, mesh, 'spec.replicas', deployment => ({
      good: wanted(deployment) > 1 && ready(deployment) > 1,
      text: `${wanted(deployment)} pods are asked for, ${ready(
        deployment,
      )} are ready`,
    })),
};

function ofDeployments(
  snapshot: MeshSnapshot,
  mesh: MeshAdapter,
  field: string,
  judge: (deployment: WorkloadController) => { good: boolean; text: string },
): Judgement[] {
  const unread = unreadInput(snapshot, RULE, {
    required: [KIND],
    namespaces: [],
  });
  const where = `${mesh.title} on ${snapshot.cluster}`;
  if (unread) {
    return [
      unknownBecause(
        unread.cause,
        `the control plane of ${where} is not known`,
        unread.reasons,
      ),
    ];
  }
  const deployments = mesh.readiness.controlPlane(snapshot);
  if (deployments.length === 0) {
    const text = `no control plane of ${where} was found`;
    return [unknownBecause('absent', text, [{ rule: RULE, text }])];
  }
  return deployments.map(deployment => {
    const { good, text } = judge(deployment);
    const name = `${namespaceOf(deployment)}/${deployment.metadata.name}`;
    const reasons = [
      because(RULE, `Deployment ${name}: ${text}`, {
        snapshot,
        kind: KIND,
        object: deployment,
        field,
      }),
    ];
    const sentence = `${name} (${snapshot.cluster}): ${text}`;
    return good ? pass(sentence, reasons) : fail(sentence, reasons);
  });
}

function wanted({ spec }: WorkloadController): number {
  return spec.replicas ?? 1;
}

function ready({ status }: WorkloadController): number {
  return status?.readyReplicas ?? 0;
}
