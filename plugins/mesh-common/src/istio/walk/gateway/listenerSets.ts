import {
  conditionOf,
  parentOf,
  Referent,
} from '../../../gateway-api/references';
import {
  GatewayApiGateway,
  GatewayListener,
  ListenerEntry,
  ListenerSet,
} from '../../../gateway-api/objects';
import { namespaceOf } from '../../../kubernetes/objects';
import { matchesSelector } from '../../../kubernetes/selectors';
import { addTo } from '../../../snapshot/addTo';
import { defineClusterIndex } from '../../../snapshot/defineClusterIndex';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { compare, timeOf } from '../../age';
import { istiodSetting, istiodVersion } from '../../controlPlane';
import { takesListenerSets } from './gatewayClass';
import {
  LISTENER_SET_KINDS,
  ListenerOwner,
  ListenerSetKind,
} from './ListenerOwner';

const GATEWAY = 'gateway.networking.k8s.io/Gateway';
const NAME_LABEL = 'kubernetes.io/metadata.name';
const SINCE = 30;
const EXPERIMENTAL = 'PILOT_ENABLE_ALPHA_GATEWAY_API';
const PORTS: Readonly<Record<string, number>> = { HTTP: 80, HTTPS: 443 };

/** The sets by `namespace/name` of the Gateway that they are for. */
const indexes = LISTENER_SET_KINDS.map(kind =>
  defineClusterIndex(
    kind,
    sets => sets.filter(set => gatewayKeyOf(set) !== undefined),
    parts => {
      const byGateway = new Map<string, ListenerSet[]>();
      for (const set of parts.flat()) {
        addTo(byGateway, gatewayKeyOf(set) ?? '', set);
      }
      return byGateway;
    },
  ),
);

/**
 * The ListenerSets whose listeners a Gateway has beside its own, the older first. On a cluster the status that istiod wrote
 * decides; over files the Gateway has to let in the set's namespace.
 *
 * Upstream: pilot/pkg/config/kube/gateway/gateway_collection.go, `ListenerSetCollection`;
 * gatewaycommon/listener_conflict.go, `orderedMergedListeners`.
 */
export function setsOfGateway(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
): ListenerOwner[] {
  const key = `${namespaceOf(gateway)}/${gateway.metadata.name}`;
  return LISTENER_SET_KINDS.flatMap((kind, index) =>
    (indexes[index](snapshot).get(key) ?? [])
      .filter(set => whyUnused(snapshot, kind, set) === undefined)
      .map(object => ({
        kind,
        object,
        listeners: (object.spec?.listeners ?? []).flatMap(withPort),
      })),
  ).sort(
    (a, b) =>
      compare(timeOf(a.object), timeOf(b.object)) ||
      compare(keyOf(a.object), keyOf(b.object)),
  );
}

/** Why a ListenerSet adds nothing to a Gateway; undefined where it does. */
export function whyUnused(
  snapshot: MeshSnapshot,
  kind: ListenerSetKind,
  set: ListenerSet,
): string | undefined {
  const key = gatewayKeyOf(set);
  const [namespace = '', name = ''] = key?.split('/') ?? [];
  const gateway =
    key === undefined ? undefined : snapshot.get(GATEWAY, namespace, name);
  if (!gateway) {
    return key === undefined
      ? 'its parent is no Gateway'
      : `there is no Gateway ${key}`;
  }
  const unread = whyNotRead(snapshot, kind);
  if (unread) {
    return unread;
  }
  if (!takesListenerSets(snapshot, gateway)) {
    return `Gateway ${key} is of a class that takes none`;
  }
  if (snapshot.origin !== 'files') {
    const accepted = conditionOf(set.status, 'Accepted');
    return accepted?.status === 'True'
      ? undefined
      : `it is not accepted: ${
          accepted?.message ?? accepted?.reason ?? 'its status does not say it'
        }`;
  }
  return letsIn(snapshot, gateway, namespaceOf(set))
    ? undefined
    : `Gateway ${key} does not let it in (allowedListeners)`;
}

/**
 * Why istiod does not read a kind at all: ListenerSets from 1.30 on, and before that the experimental XListenerSet alone,
 * where that part of the Gateway API is switched on.
 *
 * Upstream: pilot/pkg/config/kube/gateway/controller.go, `NewController`.
 */
export function whyNotRead(
  snapshot: MeshSnapshot,
  kind: ListenerSetKind,
): string | undefined {
  const version = istiodVersion(snapshot);
  if (version === undefined) {
    return undefined;
  }
  const written = version.join('.');
  const knowsStandard = version[0] > 1 || version[1] >= SINCE;
  if (kind === 'gateway.networking.k8s.io/ListenerSet') {
    return knowsStandard
      ? undefined
      : `Istio reads it from 1.${SINCE} on, and this one is ${written}`;
  }
  if (knowsStandard) {
    return `Istio ${written} does not read this experimental kind, of which ListenerSet came`;
  }
  return istiodSetting(snapshot, EXPERIMENTAL) === 'true'
    ? undefined
    : `Istio ${written} reads this experimental kind only with ${EXPERIMENTAL}`;
}

/**
 * Without a word a Gateway lets in no listeners.
 *
 * Upstream: pilot/pkg/config/kube/gatewaycommon, `NamespaceAcceptedByAllowListeners`.
 */
function letsIn(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
  namespace: string,
): boolean {
  const allowed = gateway.spec?.allowedListeners?.namespaces;
  switch (allowed?.from) {
    case 'All':
      return true;
    case 'Same':
      return namespace === namespaceOf(gateway);
    case 'Selector': {
      const found = snapshot.get('Namespace', undefined, namespace);
      return (
        found !== undefined &&
        allowed.selector !== undefined &&
        matchesSelector(
          { ...found.metadata.labels, [NAME_LABEL]: namespace },
          allowed.selector,
        )
      );
    }
    default:
      return false;
  }
}

function gatewayKeyOf(set: ListenerSet): string | undefined {
  const gateway = gatewayOfSet(set);
  return gateway && `${gateway.namespace}/${gateway.name}`;
}

/** The Gateway that a ListenerSet names as its parent, which may be none of the cluster's. */
export function gatewayOfSet(set: ListenerSet): Referent | undefined {
  const { parentRef } = set.spec ?? {};
  const parent = parentRef && parentOf(parentRef, namespaceOf(set));
  return parent && `${parent.group}/${parent.kind}` === GATEWAY
    ? parent
    : undefined;
}

/** One of another protocol than HTTP and HTTPS has to say its port. */
function withPort({ port, ...listener }: ListenerEntry): GatewayListener[] {
  const found =
    port ||
    (Object.hasOwn(PORTS, listener.protocol)
      ? PORTS[listener.protocol]
      : undefined);
  return found === undefined ? [] : [{ ...listener, port: found }];
}

function keyOf({ metadata }: ListenerSet | GatewayApiGateway): string {
  return `${metadata.namespace}/${metadata.name}`;
}
