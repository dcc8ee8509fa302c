import { Answer, Reason } from './common';

/**
 * How good something about a control plane is. info: there is nothing to judge. unknown: the cause and the first
 * reason say why.
 *
 * @public
 */
export type ControlPlaneState = 'good' | 'info' | 'notice' | 'bad' | 'unknown';

/**
 * One thing about a control plane; what it comes to is the first reason's sentence.
 *
 * @public
 */
export interface ControlPlaneFact {
  /** Stable name, such as `version`. */
  id: string;
  /** What it is about, in a few words. */
  title: string;
  answer: Answer<ControlPlaneState>;
}

/**
 * A certificate that a mesh hangs on. Whether its time is up depends on the clock of whoever looks.
 *
 * @public
 */
export interface ControlPlaneCertificate {
  /** Stable name, such as `root` or `issuer`. */
  id: string;
  /** What it is for. */
  title: string;
  /** Whether its validity is known, and where from. */
  validity: Answer<'known' | 'unknown'>;
  /** RFC 3339. */
  notBefore?: string;
  /** RFC 3339. */
  notAfter?: string;
  /** RFC 3339: when whoever renews it will do so. */
  renewalTime?: string;
  /** Whether its renewal works; absent: nobody is known to renew it. */
  renewal?: Answer<ControlPlaneState>;
  /** With less left than this it asks for attention, unless its renewal is still to come. */
  warnBelowDays: number;
}

/**
 * A webhook configuration by which the API server asks a control plane.
 *
 * @public
 */
export interface ControlPlaneWebhook {
  /** Of the configuration. */
  name: string;
  purpose: 'injection' | 'validation';
  /** The tag of a revision that it is for. */
  tag?: string;
  /** Whether it can work. */
  answer: Answer<ControlPlaneState>;
  /** What becomes of a request when it fails; mixed: its webhooks differ. */
  failurePolicy: 'Fail' | 'Ignore' | 'mixed';
  /** Whom it asks: `Service istio-system/istiod`, or the host of a URL. */
  asks: string;
  /** The selectors of each of its webhooks, as kubectl has them; empty: all. */
  selects: {
    webhook: string;
    namespaces: string;
    objects: string;
  }[];
  /** The authority that the API server trusts for it. */
  authority?: ControlPlaneCertificate;
}

/**
 * A setting that changes what the mesh does.
 *
 * @public
 */
export interface ControlPlaneSetting {
  name: string;
  value: string;
  /** Written, or what the mesh does where nothing is written. */
  source: 'written' | 'default';
  /** Whether answers of the portal follow it. */
  followed: boolean;
  reason: Reason;
}

/**
 * A workload of a mesh: a part of its control plane, or what it runs on nodes.
 *
 * @public
 */
export interface ControlPlaneComponent {
  name: string;
  namespace: string;
  version?: string;
  ready: number;
  replicas: number;
  answer: Answer<ControlPlaneState>;
}

/**
 * A control plane: a revision of Istio, or the one of Linkerd.
 *
 * @public
 */
export interface ControlPlane {
  revision?: string;
  version?: string;
  /** Absent: it does not run on this cluster, or nobody can tell where. */
  namespace?: string;
  /** Absent: it does not run on this cluster. */
  ready?: number;
  /** Absent: it does not run on this cluster. */
  replicas?: number;
  /** gone: objects speak of it, and nothing of it is there. Absent: it runs here. */
  runs?: Answer<'here' | 'elsewhere' | 'gone' | 'unknown'>;
  /** Other names that namespaces may ask for it by. */
  tags?: {
    name: string;
    reason: Reason;
  }[];
  facts?: ControlPlaneFact[];
  components?: ControlPlaneComponent[];
  webhooks?: ControlPlaneWebhook[];
  settings?: ControlPlaneSetting[];
  /** Pods by the version of their proxy, of those that it serves. */
  proxies?: {
    version: string;
    pods: number;
  }[];
}
