import { Answer, Reason } from '../contract/common';
import { Sends } from '../contract/mtls';
import { isMachine } from '../mesh/machineKinds';
import { SendingDestination } from '../mesh/MeshAdapter';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isImagined, sent } from './capability';
import { autoMtlsOff, endpointMtls } from './cluster/autoMtls';
import { CredentialGiven, credentialGiven } from './cluster/credential';
import { podEndpoint } from './cluster/kubernetesEndpoints';
import { ServiceEndpoint } from './cluster/ServiceEndpoint';
import { MergedRule } from './destinationRule';
import { MeshConfig } from './meshConfig';
import { MeshService } from './MeshService';
import { ClientTls } from './objects';
import { proxyOf } from './pods';
import { isHttp, Protocol } from './protocol';
import {
  deciderOf,
  endpointTls,
  policyFor,
  Written,
  writtenReason,
} from './trafficPolicy';

const PICKED: Reason = {
  rule: 'istio/client-tls',
  text: 'Clients pick the endpoint themselves, so that one TLS mode is for all of them: auto mTLS, whatever mode the port of the pod has (ISTIO_MUTUAL)',
};

/** A service of the mesh that a client names, its port, and the pod's port behind it. */
export interface CalledService {
  service: MeshService;
  port: number;
  protocol: Protocol;
}

/** A port of a pod, and the service by which it is called; absent where the client calls the pod itself. */
export interface ClusterDestination
  extends Pick<SendingDestination, 'pod' | 'port'> {
  called?: CalledService;
}

/**
 * What a client sends to a pod by one cluster of its proxy (the Service, or a subset of it): what the
 * DestinationRule says, else mutual TLS by itself where the mesh has that on, the namespace of the Service
 * is not DISABLE, and the pod is known to take it. Where the client picks the endpoint (headless Services, PASSTHROUGH)
 * all of them get the same, whatever the modes of their ports are.
 *
 * Upstream: pilot/pkg/networking/core/cluster_tls.go, `buildUpstreamTLSSettings`;
 * pilot/pkg/model/push_context.go, `BestEffortInferServiceMTLSMode`; pilot/pkg/xds/endpoints/mtls_checker.go.
 */
export function clusterSends(
  snapshot: MeshSnapshot,
  destination: ClusterDestination,
  config: MeshConfig,
  rule: MergedRule | undefined,
  subset: string | undefined,
  proxy: 'sidecar' | 'gateway' = 'sidecar',
): Answer<Sends> {
  const port = destination.called?.port ?? destination.port;
  const { tls, loadBalancer } = policyFor(rule, subset, port);
  if (tls) {
    const hasSelector = rule?.rule.spec?.workloadSelector !== undefined;
    const given = credentialGiven(snapshot, tls, proxy, hasSelector);
    return explicitTls(snapshot, destination, tls, given);
  }
  const endpoint = podEndpoint(snapshot, destination.pod, destination.port);
  const passthrough = loadBalancer?.value.simple === 'PASSTHROUGH';
  const off = plaintextToAll(
    snapshot,
    destination,
    config,
    passthrough,
    endpoint,
  );
  if (off) {
    return off;
  }
  if (picksEndpoint(destination, passthrough)) {
    return sent('mtls', [PICKED]);
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

function picksEndpoint(
  { called }: ClusterDestination,
  passthrough: boolean,
): boolean {
  return (
    called !== undefined &&
    (called.service.resolution === 'original-destination' || passthrough)
  );
}

function explicitTls(
  snapshot: MeshSnapshot,
  destination: ClusterDestination,
  tls: Written<ClientTls>,
  given: CredentialGiven,
): Answer<Sends> {
  const mode = tls.value.mode ?? 'DISABLE';
  const { pod } = destination;
  const says = `The ${deciderOf(tls)} sets ${mode}`;
  const reason = (text: string) =>
    writtenReason(snapshot, tls, `${says}${text}`);
  switch (mode) {
    case 'DISABLE':
      return sent('plaintext', [reason(': the client sends plaintext')]);
    case 'ISTIO_MUTUAL':
      return proxyOf(pod) || isImagined(pod) || isMachine(pod)
        ? sent('mtls', [reason(': the client sends mutual TLS')])
        : sent('fails', [
            reason(', but the pod has no proxy that would take it'),
          ]);
    default:
      return given.value === 'given'
        ? ownTls(destination, reason)
        : withoutCredential(given, reason);
  }
}

/** TLS of the client's own, with all that it needs. */
function ownTls(
  { called, pod, port }: ClusterDestination,
  reason: (text: string) => Reason,
): Answer<Sends> {
  return called && isHttp(called.protocol) && proxyOf(pod)
    ? sent('fails', [
        reason(
          `: the pod's proxy refuses TLS that is not the mesh's on port ${port}, which is HTTP`,
        ),
      ])
    : {
        value: 'unknown',
        cause: 'not-modelled',
        reasons: [
          reason(
            `: the client sends TLS of its own, not the mesh's; what the application makes of it is not known`,
          ),
        ],
      };
}

function withoutCredential(
  { value, text }: CredentialGiven,
  reason: (text: string) => Reason,
): Answer<Sends> {
  switch (value) {
    case 'plaintext':
      return sent('plaintext', [reason(text)]);
    case 'never':
      return sent('fails', [reason(text)]);
    default:
      return {
        value: 'unknown',
        cause: 'not-modelled',
        reasons: [reason(text)],
      };
  }
}

/** Why the client's proxy does not even try mutual TLS by itself; undefined where it does. */
function plaintextToAll(
  snapshot: MeshSnapshot,
  { called }: ClusterDestination,
  config: MeshConfig,
  passthrough: boolean,
  endpoint: ServiceEndpoint,
): Answer<Sends> | undefined {
  const off =
    called &&
    autoMtlsOff(snapshot, called.service, called.port, config, {
      passthrough,
      endpoint,
    });
  if (!off) {
    return undefined;
  }
  return off.value === 'unknown'
    ? { ...off, value: 'unknown' }
    : sent('plaintext', off.reasons);
}
