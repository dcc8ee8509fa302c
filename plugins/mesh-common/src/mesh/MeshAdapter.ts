import { Answer, Reason, ServiceRef, WorkloadRef } from '../contract/common';
import { ControlPlaneCertificate } from '../contract/controlPlane';
import { ClusterMesh } from '../contract/fleet';
import { Accepts, EnrolmentMode, Sends } from '../contract/mtls';
import { HostRoutes, RouteRule, ServiceRoutes } from '../contract/routing';
import { WalkAnswer, WalkRequest } from '../contract/walk';
import { Container, Pod, Service, ServicePort } from '../kubernetes/core';
import { KindId } from '../kubernetes/kinds';
import { KubernetesObject } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  InboundTraffic,
  QueryScope,
  ServiceTraffic,
  TrafficQuery,
} from '../traffic/query';
import { MeshReadiness } from './MeshReadiness';
import { TryRules } from './walk/assumed';
import { PortAuthorization } from './whoMayCall/PortAuthorization';
import { Workload } from './workloads';

/**
 * How one pod takes part in a mesh.
 *
 * @public
 */
export interface PodEnrolment {
  /** What runs. */
  mode: Answer<EnrolmentMode>;
  /** What the configuration of today asks for, if the pod were made now. */
  expected: Answer<EnrolmentMode>;
  /** Version of the pod's proxy, where it says so. */
  proxyVersion?: string;
  /** Revision of the control plane that injected the proxy, where the pod says so. */
  revision?: string;
}

/**
 * Whose connections a question about sending is about.
 *
 * @public
 */
export interface SendingClient {
  /** The name of its workload, for sentences; absent where it is no particular one. */
  name?: string;
  /** Absent: somewhere else than any namespace that matters. */
  namespace?: string;
  /** The labels of its pods, where it is one workload. */
  labels?: Readonly<Record<string, string>>;
  /** The pod that stands for its workload, where there is one. */
  pod?: Pod;
  mode: EnrolmentMode;
}

/**
 * Where it sends to.
 *
 * @public
 */
export interface SendingDestination {
  workload: Workload;
  /** A pod of the workload; pods that differ are asked about one by one. */
  pod: Pod;
  /** The container port. */
  port: number;
  /** The Service that the client names; absent where it calls the pod itself. */
  service?: { service: Service; port: ServicePort };
}

/**
 * What the kubelet asks of a pod.
 *
 * @public
 */
export interface KubeletProbe {
  /** Of the container. */
  port: number;
  /** Absent: it wants a connection alone. */
  path?: string;
}

/**
 * How a port is treated, and what it accepts.
 *
 * @public
 */
export interface PortAcceptance {
  protocol: string;
  accepts: Answer<Accepts> & { term?: string };
}

/**
 * What a gateway does with requests for a host.
 *
 * @public
 */
export interface GatewayRoutes {
  /** none: it answers 404, or does not listen there. */
  routing: Answer<'rules' | 'none' | 'unknown'>;
  /** Under which the rules are found; it may be a wildcard. */
  domain?: string;
  rules: RouteRule[];
}

/**
 * What a walk needs to know beside the objects of its mesh.
 *
 * @public
 */
export interface WalkContext {
  /** Where the request comes from a workload: how its pods take part. */
  client?: SendingClient;
  /** Which mesh carries a pod that this one does not, on its cluster. */
  serverOf(
    pod: Pod,
    on: MeshSnapshot,
  ): { pod: Pod; mesh?: MeshAdapter; enrolment: PodEnrolment };
}

/**
 * Of which hosts routes are told: by which a workload is called, or those of a namespace, or all.
 *
 * @public
 */
export type HostSelection = { workload: Workload } | { namespace?: string };

/**
 * One service mesh. Every question is about the objects of one snapshot, and every answer carries the
 * reasons for it. A further mesh is a further adapter: nothing outside asks which one it has.
 *
 * @public
 */
export interface MeshAdapter {
  /** `istio`, `linkerd`. */
  readonly id: string;
  /** The name that people know it by. */
  readonly title: string;
  /** Its own kinds: a change of one of these may change its answers. */
  readonly kinds: readonly KindId[];

  /** Its control planes on this cluster; undefined where there is no trace of it. */
  clusterMesh(snapshot: MeshSnapshot): ClusterMesh | undefined;

  /**
   * To which of the other clusters the mesh of this one leads: those that it spans, or is linked to, and those that
   * may be such ones, and of which it cannot be read. Its rules find them as `snapshot.peers(id)`. Absent: a mesh
   * that ends where its cluster does.
   */
  peers?(
    snapshot: MeshSnapshot,
    others: readonly MeshSnapshot[],
  ): readonly MeshSnapshot[];

  /** Whether a container is its proxy (or the proxy's init container), whose ports are none of the workload's. */
  isProxy(container: Container): boolean;

  /** How a pod takes part; mode `none` where this mesh does not carry its traffic. */
  enrolment(snapshot: MeshSnapshot, pod: Pod): PodEnrolment;

  /** The identity that the pod's proxy presents. */
  identity(snapshot: MeshSnapshot, pod: Pod): string | undefined;

  /** What a pod of this mesh accepts on a container port. */
  accepts(
    snapshot: MeshSnapshot,
    pod: Pod,
    port: number,
    mode: EnrolmentMode,
  ): PortAcceptance;

  /** Who may call a container port of a pod of this mesh: the rules as written, and what they come to. */
  authorization(
    snapshot: MeshSnapshot,
    pod: Pod,
    port: number,
    mode: EnrolmentMode,
  ): PortAuthorization;

  /**
   * Why a probe of the kubelet goes past what the proxy of a pod asks; undefined where it does not. Absent: it is a call like
   * any other.
   */
  probePasses?(
    snapshot: MeshSnapshot,
    pod: Pod,
    mode: EnrolmentMode,
    probe: KubeletProbe,
  ): Reason | undefined;

  /** How its proxies try requests again. Absent: it does not tell. */
  readonly tries?: TryRules;

  /**
   * What a client of this mesh sends to a pod of this mesh. `fails` only for what the client's side
   * decides; that a server refuses plaintext is added by the caller.
   */
  sends(
    snapshot: MeshSnapshot,
    client: SendingClient,
    destination: SendingDestination,
  ): Answer<Sends>;

  /** The effective routes to a Service, from the place of a client of this mesh. */
  routes(
    snapshot: MeshSnapshot,
    service: Service,
    seenFrom: ServiceRoutes['seenFrom'],
  ): Pick<ServiceRoutes, 'host' | 'waypoint' | 'ports' | 'gateways'>;

  /**
   * The same for the hosts that no Service has, such as those of ServiceEntries. `from`: absent, from the namespace of what
   * makes the host known. Absent: the mesh has none.
   */
  hostRoutes?(
    snapshot: MeshSnapshot,
    of: HostSelection,
    from?: ServiceRoutes['seenFrom'],
  ): HostRoutes[];

  /**
   * The way of one request from a client of this mesh (or of none, to what this mesh carries), or through one of
   * its gateways. Absent: the mesh does not tell yet.
   */
  walk?(
    snapshot: MeshSnapshot,
    request: WalkRequest,
    context: WalkContext,
  ): WalkAnswer;

  /**
   * Whether the proxies of a gateway are this mesh's, by what kind of gateway it is; undefined where there is no such
   * gateway. Absent: a mesh without gateways.
   */
  ownsGateway?(
    snapshot: MeshSnapshot,
    gateway: { namespace: string; name: string },
  ): Answer<'yes' | 'no' | 'unknown'> | undefined;

  /**
   * All rules that a gateway of this mesh has for a host, in the order in which they are tried. Throws
   * UnknownPlaceError where there is no such gateway. Absent: a mesh without gateways.
   */
  gatewayRoutes?(
    snapshot: MeshSnapshot,
    gateway: { namespace: string; name: string },
    asked: { host: string; port: number },
  ): GatewayRoutes;

  /**
   * The waypoint that requests to a Service go through where its pods take part as `ambient`. Absent: a mesh
   * without waypoints.
   */
  waypoint?(
    snapshot: MeshSnapshot,
    service: Service,
  ): {
    answer: Answer<'bound' | 'none' | 'unknown'>;
    gateway?: KubernetesObject;
  };

  /**
   * The Services of this cluster that stand for one of another cluster, so that requests to them come to that. Absent: a
   * mesh in which a Service stands for nothing but itself.
   */
  mirrorsOf?(snapshot: MeshSnapshot, service: ServiceRef): Service[];

  /** Identities that rules which allow calls to this workload name literally. */
  allowedIdentities(
    snapshot: MeshSnapshot,
    workload: Workload,
  ): { identity: string; reason: Reason }[];

  /** The workloads whose proxies present an identity. */
  workloadsWithIdentity(snapshot: MeshSnapshot, identity: string): Workload[];

  /** What came in to these workloads. The snapshot tells which workloads the names in metrics are. */
  inboundTraffic(
    snapshot: MeshSnapshot,
    workloads: readonly WorkloadRef[],
    scope: QueryScope,
  ): TrafficQuery<InboundTraffic[]>;

  /** Where requests to these Services went. */
  serviceTraffic(
    snapshot: MeshSnapshot,
    services: readonly ServiceRef[],
    scope: QueryScope,
  ): TrafficQuery<ServiceTraffic[]>;

  /**
   * Until when the certificates are good that identities are issued with, as the control planes say in their metrics;
   * each has the id of the one that `clusterMesh` tells of. Absent: a mesh whose metrics do not tell.
   */
  certificateExpiry?(
    snapshot: MeshSnapshot,
    scope: QueryScope,
  ): TrafficQuery<ControlPlaneCertificate[]>;

  /** What the production readiness checklist asks. */
  readonly readiness: MeshReadiness;
}
