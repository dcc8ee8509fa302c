import { Reason, ServiceRef, WorkloadRef } from '../contract/common';
import { ControlPlaneCertificate } from '../contract/controlPlane';
import { ObservedTraffic, WorkloadMtls } from '../contract/mtls';
import { ChecklistCause } from '../contract/readiness';
import { PortRoutes, ServiceRoutes } from '../contract/routing';
import { CertificateState } from '../mesh/control-plane/certificateState';
import { MeshAdapter } from '../mesh/MeshAdapter';
import { Workload } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

/**
 * What a rule finds about one thing that it looks at: a workload, a port, a control plane.
 *
 * @public
 */
export interface Judgement {
  state: 'pass' | 'fail' | 'not-applicable' | 'unknown';
  /** Given with the state `unknown`. */
  cause?: ChecklistCause;
  /** One clause that names the thing, without a full stop. */
  text: string;
  reasons: Reason[];
}

/**
 * A workload of the entity, with the answers that there are about it.
 *
 * @public
 */
export interface ChecklistWorkload {
  workload: Workload;
  mtls: WorkloadMtls;
  /** Absent: no mesh carries it, or none is known to. */
  mesh?: MeshAdapter;
}

/**
 * What of an entity runs on one cluster.
 *
 * @public
 */
export interface ChecklistPart {
  snapshot: MeshSnapshot;
  workloads: readonly ChecklistWorkload[];
  routes: readonly ServiceRoutes[];
  /** All meshes that are known. */
  meshes: readonly MeshAdapter[];
}

/**
 * What a mesh that carries the entity issues its certificates with, and how that stood when the metrics store was asked.
 *
 * @public
 */
export interface ChecklistCertificate {
  mesh: { id: string; title: string };
  cluster: string;
  certificate: ControlPlaneCertificate;
  state: CertificateState;
  /** Where it has been renewed and the old one is still in use: since just now, or for longer than it takes to read the new one. */
  renewed?: 'just-now' | 'long-ago';
}

/**
 * What the metrics store of a cluster has of the entity's workloads.
 *
 * @public
 */
export type ChecklistTraffic =
  | {
      state: 'measured';
      windowSeconds: number;
      workloads: readonly {
        workload: WorkloadRef;
        /** Absent: the store has nothing of it. */
        traffic?: ObservedTraffic;
      }[];
      /** Those of which metrics tell, with what objects say of them. */
      certificates?: readonly ChecklistCertificate[];
    }
  | { state: 'unknown'; cause: ChecklistCause; message: string };

/**
 * How an item is measured. Several ways may be given; what is worse decides. Whatever is seen in traffic
 * can only be added to what the configuration says.
 *
 * @public
 */
export interface Measurement {
  /** What exactly is looked at, in one sentence. */
  looksAt: string;
  /** From the workloads and Services of the entity on one cluster. */
  ofPart?(part: ChecklistPart): Judgement[];
  /** From the control plane of a mesh that carries them: the same for all entities of the cluster. */
  ofMesh?(snapshot: MeshSnapshot, mesh: MeshAdapter): Judgement[];
  /** From what the metrics store has. */
  ofTraffic?(traffic: ChecklistTraffic): Judgement[];
}

export function pass(text: string, reasons: Reason[]): Judgement {
  return { state: 'pass', text, reasons };
}

export function fail(text: string, reasons: Reason[]): Judgement {
  return { state: 'fail', text, reasons };
}

export function notApplicable(text: string, reasons: Reason[] = []): Judgement {
  return { state: 'not-applicable', text, reasons };
}

export function unknownBecause(
  cause: ChecklistCause | undefined,
  text: string,
  reasons: Reason[],
): Judgement {
  return { state: 'unknown', cause: cause ?? 'not-modelled', text, reasons };
}

/** `reviews-v1 (east)` */
export function workloadName({ name, cluster }: WorkloadRef): string {
  return `${name} (${cluster})`;
}

/** `reviews.shop:9080 (east)` */
export function portName(
  { name, namespace, cluster }: ServiceRef,
  { port }: Pick<PortRoutes, 'port'>,
): string {
  return `${name}.${namespace}:${port} (${cluster})`;
}
