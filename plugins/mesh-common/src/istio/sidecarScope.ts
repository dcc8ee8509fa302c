import { Answer, Reason } from '../contract/common';
import { namespaceOf } from '../kubernetes/objects';
import { hasLabels } from '../kubernetes/selectors';
import { because, unreadInput } from '../mesh/answers';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { byAge } from './age';
import { isSubsetOf, overlaps } from './hosts';
import { MeshConfig } from './meshConfig';
import { Sidecar } from './objects';

const RULE = 'istio/sidecar-scope';

/**
 * Which services and routes a client's proxy is told of.
 *
 * @public
 */
export interface SidecarScope {
  /** Absent: the default, everything that is visible from the namespace. */
  sidecar?: Sidecar;
  /** The client's namespace. */
  namespace: string;
  egress: readonly EgressListener[];
  outboundTrafficPolicy: string;
}

/**
 * What a Sidecar lets through on a port, or on all.
 *
 * @public
 */
export interface EgressListener {
  /** Absent: all ports that no listener before it has. */
  port?: number;
  /** How connections to the port are treated, whatever its services say. Absent: as these say. */
  protocol?: string;
  /** Address that it listens on. Absent: those of its services. */
  bind?: string;
  /** It listens by itself, instead of getting what is redirected to the proxy. */
  bindsToPort: boolean;
  hosts: readonly EgressHost[];
}

/**
 * A host that a Sidecar lets its workloads see.
 *
 * @public
 */
export interface EgressHost {
  /** `*` is any. */
  namespace: string;
  host: string;
  excluded: boolean;
}

const index = defineIndex(['networking.istio.io/Sidecar'], ({ objects }) =>
  [...objects('networking.istio.io/Sidecar')].sort(byAge),
);

/**
 * The Sidecar that applies to a workload: the oldest of its namespace whose selector matches, else the
 * oldest there without selector, else one without selector in the root namespace, else the default.
 *
 * Upstream: pilot/pkg/model/push_context.go, `getSidecarScope`, `initSidecarScopes`.
 */
export function sidecarScope(
  snapshot: MeshSnapshot,
  client: {
    namespace: string;
    /** Absent: no workload in particular; only Sidecars without selector are then looked at. */
    labels?: Readonly<Record<string, string>>;
  },
  config: Pick<MeshConfig, 'rootNamespace' | 'outboundTrafficPolicy'>,
): SidecarScope | Answer<'unknown'> {
  const { namespace, labels } = client;
  const unread = unreadInput(snapshot, RULE, {
    optional: ['networking.istio.io/Sidecar'],
    namespaces: [namespace, config.rootNamespace],
  });
  if (unread) {
    return unread;
  }
  const own = index(snapshot, namespace);
  const selecting =
    labels &&
    own.find(
      sidecar =>
        hasSelector(sidecar) &&
        hasLabels(labels, sidecar.spec?.workloadSelector?.labels ?? {}),
    );
  const sidecar =
    selecting ??
    own.find(candidate => !hasSelector(candidate)) ??
    index(snapshot, config.rootNamespace).find(
      candidate => !hasSelector(candidate),
    );
  return {
    ...(sidecar && { sidecar }),
    namespace,
    egress: egressOf(sidecar, namespace),
    outboundTrafficPolicy:
      // A policy without a mode means the first one of the enumeration.
      sidecar?.spec?.outboundTrafficPolicy
        ? sidecar.spec.outboundTrafficPolicy.mode ?? 'REGISTRY_ONLY'
        : config.outboundTrafficPolicy.mode,
  };
}

/**
 * Whether the client's proxy has a service on a port: the first `egress` listener of that port (or of all ports)
 * has to name it.
 *
 * Upstream: pilot/pkg/model/sidecar.go, `selectServices`, `GetEgressListenerForRDS`.
 */
export function importsHost(
  scope: SidecarScope,
  service: { host: string; namespace: string },
  port: number,
): boolean {
  return selects(scope, port, service.namespace, imported =>
    isSubsetOf(service.host, imported),
  );
}

/**
 * Whether the scope imports a route on a port by one of its hosts: a VirtualService where either host covers
 * the other, a route of the Gateway API only where the imported host covers its own.
 *
 * Upstream: pilot/pkg/model/virtualservice.go, `SelectVirtualServices`.
 */
export function importsRoute(
  scope: SidecarScope,
  route: { namespace: string; hosts: readonly string[]; strict: boolean },
  port: number,
): boolean {
  return route.hosts.some(host =>
    selects(scope, port, route.namespace, (imported, excluding) =>
      route.strict || excluding
        ? isSubsetOf(host, imported)
        : overlaps(host, imported),
    ),
  );
}

/** Whether a listener of the Sidecar is an HTTP proxy of its own, which is not modelled. */
export function hasProxyListener({ sidecar }: SidecarScope): boolean {
  return (sidecar?.spec?.egress ?? []).some(
    ({ port }) => port?.protocol?.toUpperCase() === 'HTTP_PROXY',
  );
}

/** A reason that names the Sidecar. */
export function sidecarReason(
  snapshot: MeshSnapshot,
  { sidecar }: SidecarScope,
  text: string,
  field = 'spec.egress',
): Reason {
  return because(
    RULE,
    text,
    sidecar && {
      snapshot,
      kind: 'networking.istio.io/Sidecar',
      object: sidecar,
      field,
    },
  );
}

export function sidecarName({ sidecar }: SidecarScope): string {
  return sidecar
    ? `Sidecar ${namespaceOf(sidecar)}/${sidecar.metadata.name}`
    : 'the default Sidecar';
}

function selects(
  { egress }: SidecarScope,
  port: number,
  namespace: string,
  matches: (imported: string, excluding: boolean) => boolean,
): boolean {
  const listener = routesListener(egress, port);
  return listener !== undefined && importedBy(listener, namespace, matches);
}

/**
 * The listener whose services and routes count for requests to a port: the first of that port, or of all.
 *
 * Upstream: pilot/pkg/model/sidecar.go, `GetEgressListenerForRDS`.
 */
export function routesListener(
  egress: readonly EgressListener[],
  port: number,
): EgressListener | undefined {
  return egress.find(
    candidate => candidate.port === undefined || candidate.port === port,
  );
}

/** Whether a listener imports a service. */
export function listenerImports(
  listener: EgressListener,
  service: { host: string; namespace: string },
): boolean {
  return importedBy(listener, service.namespace, imported =>
    isSubsetOf(service.host, imported),
  );
}

function importedBy(
  { hosts }: EgressListener,
  namespace: string,
  matches: (imported: string, excluding: boolean) => boolean,
): boolean {
  const concerning = hosts.filter(
    entry => entry.namespace === '*' || entry.namespace === namespace,
  );
  return (
    concerning.some(
      ({ host, excluded }) => !excluded && matches(host, false),
    ) &&
    !concerning.some(({ host, excluded }) => excluded && matches(host, true))
  );
}

function egressOf(
  sidecar: Sidecar | undefined,
  namespace: string,
): SidecarScope['egress'] {
  const written = sidecar?.spec?.egress ?? [];
  return written.length === 0
    ? [
        {
          bindsToPort: false,
          hosts: [{ namespace: '*', host: '*', excluded: false }],
        },
      ]
    : written.map(({ hosts = [], port, bind, captureMode }) => ({
        ...(port?.number && { port: port.number }),
        ...(port?.protocol && { protocol: port.protocol }),
        ...(bind && { bind }),
        bindsToPort: captureMode === 'NONE',
        hosts: hosts.flatMap(host => parseEgressHost(host, namespace)),
      }));
}

/** `namespace/host`; `.` is the own namespace, and `~namespace` (`~` alone: any) excludes. */
function parseEgressHost(text: string, own: string): EgressHost[] {
  const [target, host, ...rest] = text.split('/');
  if (host === undefined || rest.length > 0) {
    return [];
  }
  const excluded = target.startsWith('~');
  const named = (excluded ? target.slice(1) : target) || '*';
  return [{ namespace: named === '.' ? own : named, host, excluded }];
}

function hasSelector({ spec }: Sidecar): boolean {
  return spec?.workloadSelector !== undefined;
}
