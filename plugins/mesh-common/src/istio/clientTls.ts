import { Answer } from '../contract/common';
import { Sends } from '../contract/mtls';
import { namespaceOf } from '../kubernetes/objects';
import { SendingDestination } from '../mesh/MeshAdapter';
import { targetPortOf } from '../mesh/services';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsWithLabels } from '../snapshot/podsByLabel';
import { isCapable, isImagined, sent } from './capability';
import { MergedRule } from './destinationRule';
import { MeshConfig, settingReason } from './meshConfig';
import { ofService } from './meshServices';
import { ClientTls } from './objects';
import { effectiveMode, namespaceMode } from './peerAuthentication';
import { podReason, proxyOf, TLS_MODE_LABEL } from './pods';
import { isHttp, protocolOf } from './protocol';
import {
  endpointTls,
  policyFor,
  Written,
  writtenReason,
} from './trafficPolicy';

const RULE = 'istio/client-tls';

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
  const { tls } = policyFor(rule, subset, port);
  if (tls) {
    return explicitTls(snapshot, destination, tls);
  }
  const off = autoMtlsOff(snapshot, destination, config);
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
  return endpointSends(snapshot, destination, config);
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
function autoMtlsOff(
  snapshot: MeshSnapshot,
  { service: called }: SendingDestination,
  config: MeshConfig,
): Answer<Sends> | undefined {
  if (!called) {
    return undefined;
  }
  if (!config.enableAutoMtls) {
    return sent('plaintext', [
      settingReason(
        snapshot,
        config,
        'enableAutoMtls',
        'Auto mTLS is off in the mesh, and no DestinationRule sets a TLS mode',
      ),
    ]);
  }
  const { service, port } = called;
  if (ofService(snapshot, service).external) {
    return sent('plaintext', [
      {
        rule: RULE,
        text: 'The Service is an external name, for which there is no auto mTLS',
      },
    ]);
  }
  if (service.spec.clusterIP === 'None') {
    const incapable = podsWithLabels(
      snapshot,
      namespaceOf(service),
      service.spec.selector ?? {},
    ).find(
      pod => targetPortOf(port, pod) !== undefined && !isCapable(snapshot, pod),
    );
    if (incapable) {
      return sent('plaintext', [
        podReason(
          snapshot,
          incapable,
          RULE,
          `The Service is headless and one of its pods, ${incapable.metadata.name}, takes no mutual TLS, so that none gets it`,
          'metadata.labels',
        ),
      ]);
    }
  }
  const mode = namespaceMode(snapshot, namespaceOf(service), {
    state: 'read',
    config,
  });
  if (mode.value === 'unknown') {
    return { ...mode, value: 'unknown' };
  }
  return mode.value === 'DISABLE' ? sent('plaintext', mode.reasons) : undefined;
}

/** By auto mTLS a pod gets mutual TLS that is labelled as taking it, and whose port is not DISABLE. */
function endpointSends(
  snapshot: MeshSnapshot,
  { pod, port }: SendingDestination,
  config: MeshConfig,
): Answer<Sends> {
  if (!isCapable(snapshot, pod)) {
    return sent('plaintext', [
      podReason(
        snapshot,
        pod,
        RULE,
        `The pod has no label ${TLS_MODE_LABEL}=istio, which the injector sets: clients take it for one without a proxy and send plaintext`,
        'metadata.labels',
      ),
    ]);
  }
  const mode = effectiveMode(
    snapshot,
    { namespace: namespaceOf(pod), labels: pod.metadata.labels },
    port,
    { state: 'read', config },
  );
  if (mode.value === 'unknown') {
    return { ...mode, value: 'unknown' };
  }
  return mode.value === 'DISABLE'
    ? sent('plaintext', mode.reasons)
    : sent('mtls', [
        settingReason(
          snapshot,
          config,
          'enableAutoMtls',
          'Auto mTLS is on, and the pod takes mutual TLS on this port',
        ),
      ]);
}
