import { Reason } from '../../contract/common';
import { RouteCondition } from '../../contract/routing';
import { KindId } from '../../kubernetes/kinds';
import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { because } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { HttpMatch, HttpRoute, VirtualService } from '../objects';
import type { ConnectionRule } from './connectionRules';

/** An object that routes are written in. */
export interface RouteObject {
  kind: KindId;
  object: KubernetesObject;
}

/** One rule of HTTP routes, wherever it is written, in the form of a VirtualService's. */
export interface SourceRule {
  /** With hosts resolved to full names. */
  http: HttpRoute;
  written: RouteObject & { field: string };
  /** The rule that hands over to this one, where that is so. */
  delegatedBy?: RouteObject & { field: string };
  /** Alternatives as people should read them, where they are not those of `http`. */
  shown?: readonly RouteCondition[][];
  /** What is wrong with destinations, by their index in `http.route`; an empty text where their host tells. */
  invalid?: ReadonlyMap<number, string>;
}

/**
 * Where the routes of hosts come from: a VirtualService, or the Gateway API routes of one namespace (and
 * port), which istiod makes one of.
 */
export interface RouteSource {
  from: 'virtual-service' | 'gateway-api';
  /** Resolved to full names. */
  hosts: readonly string[];
  namespace: string;
  /** By which sources of one age are ordered. */
  name: string;
  time: number;
  exportTo?: readonly string[];
  /** The objects that it is made of, the oldest first. */
  objects: readonly RouteObject[];
  /** Where it comes from one, which may have rules for connections too. */
  virtualService?: VirtualService;
  /** Its rules for connections, where it is of the Gateway API and has any. */
  connections?: {
    tcp: readonly ConnectionRule[];
    tls: readonly ConnectionRule[];
  };
  /** With what is said about parts that have no effect. */
  rules(): { rules: readonly SourceRule[]; dropped: readonly Reason[] };
}

/** `VirtualService shop/reviews`. */
export function titleOf({ object }: RouteObject): string {
  return `${object.kind} ${namespaceOf(object)}/${object.metadata.name}`;
}

/** `VirtualService shop/reviews http[0]`. */
export function ruleName({ written }: SourceRule): string {
  return `${titleOf(written)} ${written.field.replace(/^spec\./, '')}`;
}

export function objectReason(
  snapshot: MeshSnapshot,
  { kind, object }: RouteObject,
  rule: string,
  text: string,
  field?: string,
): Reason {
  return because(rule, text, { snapshot, kind, object, field });
}

/** Whether a rule has the semantics of the Gateway API: prefixes end at slashes, missing backends are 500. */
export function isGatewayApi({ written }: SourceRule): boolean {
  return written.kind !== 'networking.istio.io/VirtualService';
}

/** Whether a source names a host itself, not by a wildcard. */
export function namesHost({ hosts }: RouteSource, host: string): boolean {
  const name = host.toLowerCase();
  return hosts.some(candidate => candidate.toLowerCase() === name);
}

/** The alternatives of a rule; none is one that everything matches. */
export function matchesOf({ http }: SourceRule): readonly HttpMatch[] {
  return http.match?.length ? http.match : [{}];
}
