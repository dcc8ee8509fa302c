import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshConfig } from '../meshConfig';
import { MeshService, ofService } from '../meshServices';
import { isHttp, isHttpOrDetected, protocolOf } from '../protocol';
import { importsHost, sidecarScope } from '../sidecarScope';
import { OutboundAnswer } from './call';
import { WalkClient } from './client';
import { NamedPlace, portCalled } from './names';
import { ClientReading } from './refusal';

const httpServices = defineIndex(['Service'], ({ objects }) => {
  const byPort = new Map<
    number,
    ReturnType<typeof objects<'Service'>>[number][]
  >();
  for (const service of objects('Service')) {
    for (const port of service.spec.ports) {
      if (isHttp(protocolOf(port))) {
        byPort.set(port.port, [...(byPort.get(port.port) ?? []), service]);
      }
    }
  }
  return byPort;
});

/**
 * Whether a sidecar answers for what it sends on, as a proxy of HTTP does, or passes bytes: by the protocol of the
 * port that is called; where it does not know the destination, by whether it listens for HTTP of other services on
 * that port.
 *
 * Upstream: pilot/pkg/networking/core/listener.go, `buildSidecarOutboundListeners` (HTTP listeners are bound to all
 * addresses), `buildOutboundCatchAllNetworkFiltersOnly`.
 */
export function sidecarReading(
  snapshot: MeshSnapshot,
  client: WalkClient,
  place: NamedPlace,
  port: number,
  answer: OutboundAnswer,
  config: MeshConfig,
): ClientReading {
  if (answer.by && /^spec\.(tcp|tls)/.test(answer.by.field)) {
    return 'tcp';
  }
  const known = ['passthrough', 'blackhole'].includes(answer.outcome)
    ? undefined
    : protocolCalled(place, port);
  if (known) {
    return isHttpOrDetected(known) ? 'http' : 'tcp';
  }
  return listensForHttp(snapshot, client, port, config) ? 'http' : 'tcp';
}

function protocolCalled(place: NamedPlace, port: number) {
  if (place.is === 'service') {
    const called = portCalled(place.service, port);
    return called && protocolOf(called);
  }
  return place.is === 'entry'
    ? place.found.ports.find(one => one.port === port)?.protocol
    : undefined;
}

function listensForHttp(
  snapshot: MeshSnapshot,
  { namespace, labels }: WalkClient,
  port: number,
  config: MeshConfig,
): boolean {
  const scope = sidecarScope(snapshot, { namespace, labels }, config);
  if ('value' in scope) {
    return true;
  }
  const imported = (service: Pick<MeshService, 'host' | 'namespace'>) =>
    importsHost(scope, service, port);
  return snapshot
    .namespacesOf('Service')
    .some(where =>
      (httpServices(snapshot, where).get(port) ?? []).some(service =>
        imported(ofService(snapshot, service)),
      ),
    );
}
