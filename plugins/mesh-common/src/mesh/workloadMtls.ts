import {
  ClientClass,
  ClientMtls,
  PortMtls,
  WorkloadMtls,
} from '../contract/mtls';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { MeshAdapter, PortAcceptance } from './MeshAdapter';
import { MeshPod, meshPodsOf, workloadEnrolment } from './enrolment';
import { KnownClient, knownClients } from './knownClients';
import { acceptanceOf } from './portAcceptance';
import { classSender, sendersOf } from './senders';
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
