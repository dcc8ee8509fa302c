import { Answer, Reason } from '../../contract/common';
import { Sends } from '../../contract/mtls';
import { namespaceOf } from '../../kubernetes/objects';
import { because } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { sent } from '../capability';
import { MeshConfig, settingReason } from '../meshConfig';
import { MeshService } from '../meshServices';
import { effectiveMode, namespaceMode } from '../peerAuthentication';
import { TLS_MODE_LABEL } from '../pods';
import { ServiceEndpoint } from './ServiceEndpoint';
import { serviceEndpoints } from './serviceEndpoints';

const RULE = 'istio/client-tls';

/**
 * Why a client's proxy does not even try mutual TLS by itself with a service; undefined where it does. It does
 * where the mesh has that on, the service is inside the mesh, and the namespace's mode is not DISABLE; where
 * the client picks the endpoint (headless Services, PASSTHROUGH), all of them have to take it.
 *
 * Upstream: pilot/pkg/networking/core/cluster_tls.go, `buildUpstreamTLSSettings`;
 * pilot/pkg/model/push_context.go, `BestEffortInferServiceMTLSMode`.
 */
export function autoMtlsOff(
  snapshot: MeshSnapshot,
  service: MeshService,
  port: number,
  config: MeshConfig,
  options: {
    /** The policy has the load balancer PASSTHROUGH. */
    passthrough?: boolean;
    /** One that is known to be there, such as the pod that is asked about. */
    endpoint?: ServiceEndpoint;
  } = {},
): Answer<'off' | 'unknown'> | undefined {
  if (!config.enableAutoMtls) {
    return off([
      settingReason(
        snapshot,
        config,
        'enableAutoMtls',
        'Auto mTLS is off in the mesh, and no DestinationRule sets a TLS mode',
      ),
    ]);
  }
  if (service.external) {
    return off([externalReason(snapshot, service)]);
  }
  if (service.resolution === 'original-destination' || options.passthrough) {
    const reason = passthroughOff(
      snapshot,
      service,
      serviceEndpoints(snapshot, service, port),
      options.endpoint,
    );
    if (reason) {
      return reason;
    }
  }
  const mode = namespaceMode(snapshot, service.namespace, {
    state: 'read',
    config,
  });
  if (mode.value === 'unknown') {
    return { ...mode, value: 'unknown' };
  }
  return mode.value === 'DISABLE' ? off(mode.reasons) : undefined;
}

/**
 * By auto mTLS an endpoint gets mutual TLS that is marked as taking it, and whose port is not DISABLE.
 *
 * Upstream: pilot/pkg/xds/endpoints/mtls_checker.go, `checkMtlsEnabled`.
 */
export function endpointMtls(
  snapshot: MeshSnapshot,
  endpoint: ServiceEndpoint,
  config: MeshConfig,
): Answer<Sends> {
  if (!endpoint.capable) {
    return sent('plaintext', [incapableReason(snapshot, endpoint)]);
  }
  const mode = effectiveMode(
    snapshot,
    {
      namespace: namespaceOf(endpoint.source.object),
      labels: endpoint.labels,
    },
    endpoint.port,
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
          `Auto mTLS is on, and the ${nounOf(
            endpoint,
          )} takes mutual TLS on this port`,
        ),
      ]);
}

function off(reasons: Reason[]): Answer<'off'> {
  return { value: 'off', reasons };
}

function passthroughOff(
  snapshot: MeshSnapshot,
  { host }: MeshService,
  endpoints: readonly ServiceEndpoint[] | undefined,
  known: ServiceEndpoint | undefined,
): Answer<'off' | 'unknown'> | undefined {
  if (!endpoints) {
    return {
      value: 'unknown',
      cause: 'not-modelled',
      reasons: [
        {
          rule: RULE,
          text: `The endpoints of ${host} are not known, and all of them have to take mutual TLS for any to get it`,
        },
      ],
    };
  }
  const all = known ? [...endpoints, known] : endpoints;
  const incapable = all.find(({ capable }) => !capable);
  if (incapable) {
    const { kind, object } = incapable.source;
    return off([
      because(
        RULE,
        `Clients of ${host} pick the endpoint themselves, and one, ${object.metadata.name}, takes no mutual TLS, so that none gets it`,
        {
          snapshot,
          kind,
          object,
          ...(kind === 'Pod' && { field: 'metadata.labels' }),
        },
      ),
    ]);
  }
  return all.length > 0
    ? undefined
    : off([
        {
          rule: RULE,
          text: `${host} has no endpoints of which it could be told whether they take mutual TLS`,
        },
      ]);
}

function externalReason(
  snapshot: MeshSnapshot,
  { service, entry }: MeshService,
): Reason {
  if (service) {
    return {
      rule: RULE,
      text: 'The Service is an external name, for which there is no auto mTLS',
    };
  }
  return because(
    RULE,
    'The host is outside the mesh (MESH_EXTERNAL), so that there is no auto mTLS',
    entry && {
      snapshot,
      kind: 'networking.istio.io/ServiceEntry',
      object: entry,
      field: 'spec.location',
    },
  );
}

function incapableReason(
  snapshot: MeshSnapshot,
  { source }: ServiceEndpoint,
): Reason {
  const { kind, object } = source;
  if (kind === 'Pod') {
    return because(
      RULE,
      `The pod has no label ${TLS_MODE_LABEL}=istio, which the injector sets: clients take it for one without a proxy and send plaintext`,
      { snapshot, kind, object, field: 'metadata.labels' },
    );
  }
  return because(
    RULE,
    `The endpoint has neither a service account nor the label ${TLS_MODE_LABEL}=istio: clients take it for one without a proxy and send plaintext`,
    {
      snapshot,
      kind,
      object,
      field: 'field' in source ? source.field : 'spec.serviceAccount',
    },
  );
}

function nounOf({ source }: ServiceEndpoint): string {
  return source.kind === 'Pod' ? 'pod' : 'workload';
}
