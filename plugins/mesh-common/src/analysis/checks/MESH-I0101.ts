import { Pod } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { isSubsetOf, parseServiceHost, resolveHost } from '../../istio/hosts';
import { clusterDomain } from '../../istio/injectorConfig';
import { inboundPort } from '../../istio/inbound';
import { ofService } from '../../istio/meshServices';
import { DestinationRule } from '../../istio/objects';
import { podEnrolment } from '../../istio/enrolment';
import { Service, ServicePort } from '../../kubernetes/core';
import { targetPortOf } from '../../mesh/services';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import { defineCheck } from '../check';
import { strictPolicyAgainst } from '../strictPolicyAgainst';

/** Clients are told to send plaintext to a server that refuses it. */
export const plaintextAgainstStrict = defineCheck({
  code: 'MESH-I0101',
  level: 'error',
  title: 'DestinationRule disables TLS towards a STRICT server',
  explanation:
    'The rule sets the TLS mode DISABLE, so that clients send plaintext; the server accepts mutual TLS only (STRICT) and resets their connections. Remove the TLS mode from the rule: clients then use mutual TLS by themselves.',
  upstream:
    'pilot/pkg/networking/core/cluster_tls.go and pilot/pkg/security/authn (istio)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['Service', 'Pod', 'Namespace', 'ConfigMap'],
  *run(rule, snapshot) {
    const disabled = disabledIn(rule);
    // Rules for a whole namespace or the mesh are KIA0207 and KIA0208.
    if (disabled.length === 0 || strictPolicyAgainst(snapshot, rule)) {
      return;
    }
    for (const service of servicesOf(snapshot, rule)) {
      for (const port of service.spec.ports) {
        // The first entry that is for the port, or for all, is where to look.
        const where = disabled.find(
          entry => entry.port === undefined || entry.port === port.port,
        );
        const strict = where && strictPod(snapshot, service, port);
        if (where && strict) {
          yield {
            message: `DestinationRule ${namespaceOf(rule)}/${
              rule.metadata.name
            } makes clients send plaintext to port ${
              port.port
            } of Service ${namespaceOf(service)}/${
              service.metadata.name
            }, where Pod ${
              strict.metadata.name
            } accepts mutual TLS only: connections fail`,
            field: where.field,
          };
          return;
        }
      }
    }
  },
});

/** Where a rule disables TLS: for all ports, or for one. */
function disabledIn({
  spec,
}: DestinationRule): { port?: number; field: string }[] {
  const policy = spec?.trafficPolicy;
  return [
    ...(policy?.portLevelSettings ?? []).flatMap(({ port, tls }, index) =>
      tls?.mode === 'DISABLE' && port?.number
        ? [
            {
              port: port.number,
              field: `spec.trafficPolicy.portLevelSettings[${index}].tls.mode`,
            },
          ]
        : [],
    ),
    ...(policy?.tls?.mode === 'DISABLE'
      ? [{ field: 'spec.trafficPolicy.tls.mode' }]
      : []),
  ];
}

function* servicesOf(
  snapshot: MeshSnapshot,
  rule: DestinationRule,
): IterableIterator<Service> {
  const domain = clusterDomain(snapshot);
  const host = resolveHost(rule.spec?.host ?? '', namespaceOf(rule), domain);
  const parsed = parseServiceHost(host, domain);
  if (parsed && !host.startsWith('*')) {
    const service = snapshot.get('Service', parsed.namespace, parsed.name);
    if (service) {
      yield service;
    }
    return;
  }
  for (const service of snapshot.list('Service')) {
    if (isSubsetOf(ofService(snapshot, service).host, host)) {
      yield service;
    }
  }
}

function strictPod(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
): Pod | undefined {
  const { selector } = service.spec;
  return (
    selector &&
    podsWithLabels(snapshot, namespaceOf(service), selector).find(pod => {
      const target = targetPortOf(port, pod);
      const { mode } = podEnrolment(snapshot, pod);
      return (
        target !== undefined &&
        // In ambient mode clients' proxies use HBONE whatever the rule says.
        ['sidecar', 'native-sidecar'].includes(mode.value) &&
        inboundPort(snapshot, pod, target, mode.value).accepts.value ===
          'mtls-only'
      );
    })
  );
}
