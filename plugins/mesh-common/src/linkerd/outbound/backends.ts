import { BackendRef } from '../../gateway-api/objects';
import { backendOf, isService, Referent } from '../../gateway-api/references';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { brokenFilter } from '../routeFilters';
import { canonicalParent, isEgressNetwork } from '../routeParents';
import { filterContent } from '../ruleContent';
import { InvalidBackend, OutboundBackend, OutboundParent } from './policy';

/** Where backends are looked for. */
export interface BackendPlace {
  snapshot: MeshSnapshot;
  parent: OutboundParent;
  /** The port that the client sends to. */
  port: number;
}

/** The parent itself, which takes what has no backends. */
export function parentBackend({ parent, port }: BackendPlace): OutboundBackend {
  return parent.kind === 'egress-fallback'
    ? { filters: [] }
    : {
        target: {
          kind: parent.kind,
          namespace: parent.namespace,
          name: parent.name,
          port,
        },
        filters: [],
      };
}

/**
 * The backends that a rule names, with their weights (1 unless written). One without namespace is beside the parent,
 * not beside the route. What is no Service or EgressNetwork, has no port, or has a filter that Linkerd does not have,
 * is a share that fails; so is one that does not exist. Whether a Service has the port is not looked at. An
 * EgressNetwork is a backend only of routes on that EgressNetwork.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index/{http,tcp}.rs and grpc/src/outbound/{http,grpc,tls,tcp}.rs,
 * `convert_backend`.
 */
export function namedBackends(
  place: BackendPlace,
  refs: readonly BackendRef[],
): OutboundBackend[] {
  return refs.map((ref, index) => ({
    weight: ref.weight ?? 1,
    ref: index,
    ...(unusable(place, ref) ?? usable(place, ref)),
  }));
}

type Backend = Pick<OutboundBackend, 'target' | 'filters' | 'invalid'>;

function referentOf({ parent }: BackendPlace, ref: BackendRef): Referent {
  const namespace = parent.kind === 'egress-fallback' ? '' : parent.namespace;
  return canonicalParent(backendOf(ref, namespace));
}

/** A reference that cannot be used at all. */
function unusable(place: BackendPlace, ref: BackendRef): Backend | undefined {
  const referent = referentOf(place, ref);
  if (!isService(referent) && !isEgressNetwork(referent)) {
    return {
      filters: [],
      invalid: {
        message: `unsupported backend type ${ref.group ?? 'core'} ${
          ref.kind ?? '<empty>'
        }`,
        why: `A ${referent.kind} cannot be a backend`,
      },
    };
  }
  const broken = brokenFilter(ref.filters ?? []);
  if (broken) {
    return {
      filters: [],
      invalid: {
        message: `unsupported backend filter: ${broken.error}`,
        why: `A filter of the backend cannot be used: ${broken.why}`,
      },
    };
  }
  return isService(referent) && !ref.port
    ? {
        filters: [],
        invalid: {
          message: `missing port for backend Service ${ref.name}`,
          why: `The backend ${ref.name} has no port`,
        },
      }
    : undefined;
}

function usable(place: BackendPlace, ref: BackendRef): Backend {
  const referent = referentOf(place, ref);
  const { namespace, name } = referent;
  const kind = isService(referent) ? 'Service' : 'EgressNetwork';
  const invalid =
    kind === 'Service'
      ? missingService(place, referent)
      : unreachableNetwork(place, referent);
  return {
    target: { kind, namespace, name, port: ref.port ?? place.port },
    filters: invalid ? [] : (ref.filters ?? []).flatMap(filterContent),
    ...(invalid && { invalid }),
  };
}

function missingService(
  { snapshot }: BackendPlace,
  { namespace, name }: Referent,
): InvalidBackend | undefined {
  return snapshot.get('Service', namespace, name)
    ? undefined
    : {
        message: `Service not found ${name}`,
        why: `There is no Service ${namespace}/${name}`,
      };
}

function unreachableNetwork(
  { snapshot, parent }: BackendPlace,
  { namespace, name }: Referent,
): InvalidBackend | undefined {
  const why =
    'An EgressNetwork is a backend only of routes on that EgressNetwork';
  if (!snapshot.get('policy.linkerd.io/EgressNetwork', namespace, name)) {
    return {
      message: `EgressNetwork not found ${name}`,
      why: `There is no EgressNetwork ${namespace}/${name}`,
    };
  }
  if (parent.kind !== 'EgressNetwork') {
    return {
      message: 'EgressNetwork backends attach to EgressNetwork parents only',
      why,
    };
  }
  return name === parent.name && namespace === parent.namespace
    ? undefined
    : {
        message:
          'Route with EgressNetwork backend needs to have the same EgressNetwork as a parent',
        why,
      };
}
