import { Answer } from '../contract/common';
import { ControlPlaneCertificate } from '../contract/controlPlane';
import { WorkloadController } from '../kubernetes/core';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { Workload } from './workloads';

/**
 * Whether a mesh lets only named clients in.
 *
 * @public
 */
export type CallerRestriction = 'restricted' | 'open' | 'unknown';

/**
 * What the production readiness checklist asks a mesh beside the questions of the tabs.
 *
 * @public
 */
export interface MeshReadiness {
  /** Whether clients of this mesh have limits for their connections that can be set. */
  readonly limitsConnections: boolean;

  /** The Deployments that the mesh cannot do without. */
  controlPlane(snapshot: MeshSnapshot): readonly WorkloadController[];

  /**
   * What identities are issued with, as objects tell, with who renews it where that is known. Absent: objects do not
   * tell.
   */
  certificates?(snapshot: MeshSnapshot): readonly ControlPlaneCertificate[];

  /** Whether rules of the mesh say who may call a workload: `open` where anybody may call one of its ports. */
  callers(
    snapshot: MeshSnapshot,
    workload: Workload,
  ): Answer<CallerRestriction>;
}
