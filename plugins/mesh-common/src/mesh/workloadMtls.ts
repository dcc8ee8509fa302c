import { Answer } from '../contract/common';
import {
  Accepts,
  ClientClass,
  ClientMtls,
  ClientSource,
  EnrolmentMode,
  PortMtls,
  WorkloadMtls,
} from '../contract/mtls';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isInMesh, MeshPod, meshPodsOf, workloadEnrolment } from './enrolment';
import { isMachine } from './machineKinds';
import { MeshAdapter, PortAcceptance } from './MeshAdapter';
import { Sender, sendsTo, worstSends } from './sending';
import { portsOf, serviceRef, waysTo, WorkloadPort } from './services';
import { portVerdict, worstVerdict } from './verdict';
import { Workload } from './workloads';

const CLASSES: readonly ClientClass[] = [
  'same-namespace',
  'elsewhere-in-mesh',
  'outside-mesh',
];

/**
 * A client that is known to exist, beside those that rules name.
 *
 * @public
 */
export interface KnownClient {
  sources: ClientSource[];
  entityRef?: string;
  identity?: string;
  /** Absent: it has no workload on this cluster. */
  workload?: Workload;
}

/**
 * The answer for one workload: how it takes part, what each port accepts, what its clients send, the verdict.
 *
 * @public
 */
export function workloadMtls(
  snapshot: MeshSnapshot,
  workload: Workload,
  meshes: readonly MeshAdapter[],
  declared: readonly KnownClient[],
): WorkloadMtls {
  const pods = meshPodsOf(snapshot, workload, meshes);
  const enrolment = workloadEnrolment(workload, pods);
  const first = pods.find(({ mesh }) => mesh);
  const ports = portsOf(snapshot, workload, container =>
    meshes.some(mesh => mesh.isProxy(container)),
  ).map(port => ({ port, acceptance: acceptanceOf(snapshot, pods, port) }));
  const clients = [
    ...knownClients(snapshot, workload, first?.mesh, declared),
  ].map(client =>
    clientAnswer(snapshot, workload, pods, ports, client, meshes),
  );
  const classes = CLASSES.map(name =>
    classAnswer(snapshot, workload, pods, ports, name, first),
  );
  const answered: PortMtls[] = ports.map(({ port, acceptance }) => ({
    port: port.port,
    ...(port.name && { name: port.name }),
    protocol: acceptance.protocol,
    services: port.services.map(entry => ({
      service: serviceRef(snapshot, entry.service),
      port: entry.port.port,
    })),
    accepts: acceptance.accepts,
    verdict: portVerdict({
      inMesh: !isOutside(pods),
      accepts: acceptance.accepts,
      knownClients: clients.flatMap(client =>
        client.ports
          .filter(entry => entry.port === port.port)
          .map(entry => entry.sends),
      ),
    }),
  }));
  const identity = first?.mesh?.identity(snapshot, first.pod);
  return {
    workload: workload.ref,
    enrolment,
    ...(identity && { identity }),
    ports: answered,
    clients: [...clients, ...classes],
    hiddenClients: 0,
    verdict: isOutside(pods)
      ? { value: 'not-in-mesh', reasons: enrolment.reasons }
      : worstVerdict(answered.map(({ verdict }) => verdict)),
  };
}

function isOutside(pods: readonly MeshPod[]): boolean {
  return pods.every(({ enrolment }) => enrolment.mode.value === 'none');
}

interface PortState {
  port: WorkloadPort;
  acceptance: PortAcceptance;
}

/** What all pods together accept on a port: where they differ, one may get either kind of pod. */
function acceptanceOf(
  snapshot: MeshSnapshot,
  pods: readonly MeshPod[],
  port: WorkloadPort,
): PortAcceptance {
  if (port.transport !== 'TCP') {
    return {
      protocol: port.transport.toLowerCase(),
      accepts: {
        value: 'plaintext-only',
        reasons: [
          {
            rule: 'mesh/accepts/not-tcp',
            text: `Meshes carry TCP only; ${port.transport} goes past the proxy`,
          },
        ],
      },
    };
  }
  const perPod = pods.map(({ pod, mesh, enrolment }) =>
    mesh && enrolment.mode.value !== 'none'
      ? mesh.accepts(snapshot, pod, port.port, enrolment.mode.value)
      : outsideAcceptance(enrolment.mode),
  );
  const groups = new Map<string, PortAcceptance[]>();
  for (const acceptance of perPod) {
    const key = `${acceptance.accepts.value} ${acceptance.accepts.term ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), acceptance]);
  }
  const distinct = [...groups.values()];
  return distinct.length === 1
    ? distinct[0][0]
    : mixedAcceptance(distinct, perPod.length);
}

function outsideAcceptance(mode: Answer<EnrolmentMode>): PortAcceptance {
  return {
    protocol: 'tcp',
    accepts:
      mode.value === 'unknown'
        ? { value: 'unknown', cause: mode.cause, reasons: mode.reasons }
        : { value: 'plaintext-only', reasons: mode.reasons },
  };
}

function mixedAcceptance(
  groups: readonly PortAcceptance[][],
  total: number,
): PortAcceptance {
  const values = new Set(groups.map(([{ accepts }]) => accepts.value));
  const unread = groups.find(([{ accepts }]) => accepts.value === 'unknown');
  let value: Accepts;
  if (values.size === 1) {
    [value] = values;
  } else {
    value = unread ? 'unknown' : 'mtls-or-plaintext';
  }
  return {
    protocol: groups[0][0].protocol,
    accepts: {
      value,
      ...(unread && { cause: unread[0].accepts.cause }),
      term:
        groups.flatMap(([{ accepts }]) => accepts.term ?? []).join(', ') ||
        undefined,
      reasons: groups.flatMap(group => {
        const [reason] = group[0].accepts.reasons;
        return reason
          ? [
              {
                ...reason,
                text: `${group.length} of ${total} pods: ${reason.text}`,
              },
            ]
          : [];
      }),
    },
  };
}

/**
 * Declared clients, and the workloads whose identity a rule that allows calls names.
 *
 * @public
 */
export function* knownClients(
  snapshot: MeshSnapshot,
  workload: Workload,
  mesh: MeshAdapter | undefined,
  declared: readonly KnownClient[],
): Iterable<KnownClient> {
  const named = mesh?.allowedIdentities(snapshot, workload) ?? [];
  const seen = new Set<Workload>();
  for (const client of declared) {
    const pod = client.workload?.pods[0];
    const identity =
      client.identity ??
      (pod && mesh ? mesh.identity(snapshot, pod) : undefined);
    const allowed = named.some(entry => entry.identity === identity);
    if (client.workload) {
      seen.add(client.workload);
    }
    yield {
      ...client,
      ...(identity && { identity }),
      sources: allowed ? [...client.sources, 'allowed'] : client.sources,
    };
  }
  for (const { identity } of named) {
    const workloads = mesh?.workloadsWithIdentity(snapshot, identity) ?? [];
    const fresh = workloads.filter(
      candidate => candidate !== workload && !seen.has(candidate),
    );
    for (const candidate of fresh) {
      seen.add(candidate);
      yield { sources: ['allowed'], identity, workload: candidate };
    }
    if (workloads.length === 0) {
      yield { sources: ['allowed'], identity };
    }
  }
}

function clientAnswer(
  snapshot: MeshSnapshot,
  workload: Workload,
  servers: readonly MeshPod[],
  ports: readonly PortState[],
  client: KnownClient,
  meshes: readonly MeshAdapter[],
): ClientMtls {
  return {
    sources: client.sources,
    ...(client.identity && { identity: client.identity }),
    ...(client.workload && { workload: client.workload.ref }),
    ...(client.entityRef && { entityRef: client.entityRef }),
    ports: client.workload
      ? portsSent(
          snapshot,
          workload,
          servers,
          ports,
          sendersOf(snapshot, client.workload, meshes),
        )
      : [],
  };
}

/**
 * One sender for each way in which the client's pods take part.
 *
 * @public
 */
export function sendersOf(
  snapshot: MeshSnapshot,
  client: Workload,
  meshes: readonly MeshAdapter[],
): Sender[] {
  const senders = new Map<string, Sender>();
  for (const { pod, mesh, enrolment } of meshPodsOf(snapshot, client, meshes)) {
    const mode = enrolment.mode.value;
    senders.set(`${mesh?.id} ${mode}`, {
      mesh,
      client: {
        name: client.ref.name,
        namespace: client.ref.namespace,
        labels: pod.metadata.labels,
        pod,
        mode,
      },
    });
  }
  return [...senders.values()];
}

/** What a client of a class sends: one that takes part as the server does, or one that does not. */
function classAnswer(
  snapshot: MeshSnapshot,
  workload: Workload,
  servers: readonly MeshPod[],
  ports: readonly PortState[],
  name: ClientClass,
  server: MeshPod | undefined,
): ClientMtls {
  const sender = classSender(
    server,
    name,
    name === 'same-namespace' ? workload.ref.namespace : undefined,
  );
  return {
    sources: ['class'],
    class: name,
    ports: portsSent(snapshot, workload, servers, ports, [sender]),
  };
}

/**
 * A client of a class: one that takes part as the server does, or one that does not.
 *
 * @public
 */
export function classSender(
  server: MeshPod | undefined,
  name: ClientClass,
  namespace?: string,
): Sender {
  const mode: EnrolmentMode =
    name === 'outside-mesh' || !server ? 'none' : clientMode(server);
  return {
    mesh: isInMesh(mode) ? server?.mesh : undefined,
    client: { mode, ...(namespace && { namespace }) },
  };
}

/** How an ordinary client takes part in the mesh of such a server. */
function clientMode({ pod, enrolment }: MeshPod): EnrolmentMode {
  const { value } = enrolment.mode;
  return value === 'gateway' || value === 'waypoint' || isMachine(pod)
    ? 'sidecar'
    : value;
}

function portsSent(
  snapshot: MeshSnapshot,
  workload: Workload,
  servers: readonly MeshPod[],
  ports: readonly PortState[],
  senders: readonly Sender[],
): ClientMtls['ports'] {
  const distinctServers = new Map(
    servers.map(server => [
      `${server.mesh?.id} ${server.enrolment.mode.value}`,
      server,
    ]),
  );
  return ports
    .filter(({ port }) => port.transport === 'TCP')
    .map(({ port, acceptance }) => ({
      port: port.port,
      sends: worstSends(
        senders.flatMap(sender =>
          [...distinctServers.values()].flatMap(server =>
            waysTo(port).map(service =>
              sendsTo(
                snapshot,
                sender,
                { workload, pod: server.pod, port: port.port, service },
                server,
                acceptance.accepts,
              ),
            ),
          ),
        ),
      ),
    }));
}
