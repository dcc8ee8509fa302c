import { Pod } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { podsOfGateway } from './gatewayPods';
import { servicesOfPods } from './servicesOfPods';

/** A Gateway listens on a port that no Service leads to. */
export const gatewayPortWithoutService = defineCheck({
  code: 'IST0162',
  level: 'warning',
  title: 'Port of a Gateway that no Service leads to',
  explanation:
    'The pods of the gateway are reached through their Service. None of the Services that select them leads to this port, so that the server of the Gateway listens where nobody can connect.',
  upstream: 'gateway.IngressGatewayPortAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/Gateway',
  needs: [...POD_KINDS, 'Service'],
  *run(gateway, snapshot) {
    const open = [...(gateway.spec?.servers ?? []).entries()].flatMap(
      ([index, { port }]) => (port ? [{ index, number: port.number }] : []),
    );
    const missing = new Set(open.map(({ number }) => number));
    let selected = false;
    for (const pod of podsOfGateway(snapshot, gateway)) {
      selected = true;
      portsOf(snapshot, pod).forEach(port => missing.delete(port));
      if (missing.size === 0) {
        return;
      }
    }
    if (!selected) {
      return;
    }
    for (const { index, number } of open) {
      if (missing.has(number)) {
        yield {
          message: `${refOf(
            gateway,
          )} has a server on port ${number}, but no Service of the gateway's pods leads to it: add the port to the Service, or use one that it has`,
          field: `spec.servers[${index}].port`,
        };
      }
    }
  },
});

/** The ports that the Services of a pod lead to, and those whose number they have themselves. */
function portsOf(snapshot: MeshSnapshot, pod: Pod): number[] {
  return servicesOfPods(
    snapshot,
    namespaceOf(pod),
    pod.metadata.labels,
  ).flatMap(({ spec }) =>
    spec.ports
      .filter(({ protocol }) => protocol === 'TCP')
      .flatMap(({ port, targetPort }) =>
        typeof targetPort === 'number' && targetPort !== 0
          ? [targetPort, port]
          : [port],
      ),
  );
}
