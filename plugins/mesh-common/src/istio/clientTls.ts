import { Answer } from '../contract/common';
import { Sends } from '../contract/mtls';
import { SendingDestination } from '../mesh/MeshAdapter';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isImagined, sent } from './capability';
import { autoMtlsOff, endpointMtls } from './cluster/autoMtls';
import { podEndpoint } from './cluster/kubernetesEndpoints';
import { ServiceEndpoint } from './cluster/ServiceEndpoint';
import { MergedRule } from './destinationRule';
import { MeshConfig } from './meshConfig';
import { ofService } from './meshServices';
import { ClientTls } from './objects';
import { proxyOf } from './pods';
import { isHttp, protocolOf } from './protocol';
import {
  endpointTls,
  policyFor,
  Written,
  writtenReason,
} from './trafficPolicy';

/**
 * What a client sends to a pod by one cluster of its proxy (the Service, or a subset of it): what the
 * DestinationRule says, else mutual TLS by itself where the mesh has that on, the namespace of the Service
 * is not DISABLE, and the pod is known to take it.
 *
 * Upstream: pilot/pkg/networking/core/cluster_tls.go, `buildUpstreamTLSSettings`;
 * pilot/pkg/model/push_context.go, `BestEffortInferServiceMTLSMode`; pilot/pkg/xds/endpoints/mtls_checker.go.
 */
export function clusterSends(
  snapshot: MeshSnapshot,
  destination: SendingDestination,
  config: MeshConfig,
  rule: MergedRule | undefined,
  subset: string | undefined,
): Answer<Sends> {
  const port = destination.service?.port.port ?? destination.port;
  const { tls, loadBalancer } = policyFor(rule, subset, port);
  if (tls) {
    return explicitTls(snapshot, destination, tls);
  }
  const endpoint = podEndpoint(snapshot, destination.pod, destination.port);
  const off = plaintextToAll(
    snapshot,
    destination,
    config,
    loadBalancer?.value.simple === 'PASSTHROUGH',
    endpoint,
  );
  if (off) {
    return off;
  }
  const ofEndpoint = endpointTls(rule, subset, port);
  if (ofEndpoint) {
    const mutual = ofEndpoint.value.mode === 'ISTIO_MUTUAL';
    return sent(mutual ? 'mtls' : 'plaintext', [
      writtenReason(
        snapshot,
        ofEndpoint,
        `The settings for port ${port} replace this TLS mode (${
          ofEndpoint.value.mode ?? 'DISABLE'
        }), but it still says which pods take mutual TLS`,
      ),
    ]);
  }
  return endpointMtls(snapshot, endpoint, config);
}

function explicitTls(
  snapshot: MeshSnapshot,
  { service, pod, port }: SendingDestination,
  tls: Written<ClientTls>,
): Answer<Sends> {
  const mode = tls.value.mode ?? 'DISABLE';
  const reason = (text: string) => writtenReason(snapshot, tls, text);
  switch (mode) {
    case 'DISABLE':
      return sent('plaintext', [
        reason('The DestinationRule sets DISABLE: the client sends plaintext'),
      ]);
    case 'ISTIO_MUTUAL':
      return proxyOf(pod) || isImagined(pod)
        ? sent('mtls', [
            reason(
              'The DestinationRule sets ISTIO_MUTUAL: the client sends mutual TLS',
            ),
          ])
        : sent('fails', [
            reason(
              'The DestinationRule sets ISTIO_MUTUAL, but the pod has no proxy that would take it',
            ),
          ]);
    default:
      return service && isHttp(protocolOf(service.port)) && proxyOf(pod)
        ? sent('fails', [
            reason(
              `The DestinationRule sets ${mode}: the pod's proxy refuses TLS that is not the mesh's on port ${port}, which is HTTP`,
            ),
          ])
        : {
            value: 'unknown',
            cause: 'not-modelled',
            reasons: [
              reason(
                `The DestinationRule sets ${mode}: the client sends TLS of its own, not the mesh's; what the application makes of it is not known`,
              ),
            ],
          };
  }
}

/** Why the client's proxy does not even try mutual TLS by itself; undefined where it does. */
function plaintextToAll(
  snapshot: MeshSnapshot,
  { service: called }: SendingDestination,
  config: MeshConfig,
  passthrough: boolean,
  endpoint: ServiceEndpoint,
): Answer<Sends> | undefined {
  const off =
    called &&
    autoMtlsOff(
      snapshot,
      ofService(snapshot, called.service),
      called.port.port,
      config,
      { passthrough, endpoint },
    );
  if (!off) {
    return undefined;
  }
  return off.value === 'unknown'
    ? { ...off, value: 'unknown' }
    : sent('plaintext', off.reasons);
}
