import { Answer, Reason } from '../../contract/common';
import { Sends } from '../../contract/mtls';
import { namespaceOf } from '../../kubernetes/objects';
import { because } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { sent } from '../capability';
import { MeshConfig, settingReason } from '../meshConfig';
import { MeshService } from '../meshServices';
import {
  EffectiveMode,
  effectiveMode,
  namespaceMode,
} from '../peerAuthentication';
import { TLS_MODE_LABEL } from '../pods';
import { ServiceEndpoint } from './ServiceEndpoint';
import { serviceEndpoints } from './serviceEndpoints';

const RULE = 'istio/client-tls';

/**
 * What istiod knows of a service when it guesses its mode, beside the service.
 *
 * @public
 */
export interface InferenceOptions {
  /** The policy has the load balancer PASSTHROUGH. */
  passthrough?: boolean;
  /** One that is known to be there, such as the pod that is asked about. */
  endpoint?: ServiceEndpoint;
}

/**
 * Why a client's proxy does not even try mutual TLS by itself with a service; undefined where it does. It does
 * where the mesh has that on, and the mode that is guessed for the service is neither none nor DISABLE.
 *
 * Upstream: pilot/pkg/networking/core/cluster_tls.go, `buildUpstreamTLSSettings`.
 */
export function autoMtlsOff(
  snapshot: MeshSnapshot,
  service: MeshService,
  port: number,
  config: MeshConfig,
  options: InferenceOptions = {},
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
  const mode = inferredMode(snapshot, service, port, config, options);
  if (mode.value === 'unknown') {
    return { ...mode, value: 'unknown' };
  }
  return mode.value === 'DISABLE' || mode.value === 'none'
    ? off(mode.reasons)
    : undefined;
}

/**
 * The mode that istiod guesses for a service when it decides what clients do by themselves. A service outside the mesh
 * has none. Where the client picks the endpoint (headless Services, PASSTHROUGH), it is DISABLE unless there are
 * endpoints and all of them take mutual TLS. Else it is the mode of the namespace.
 *
 * Upstream: pilot/pkg/model/push_context.go, `BestEffortInferServiceMTLSMode`.
 *
 * @public
 */
export function inferredMode(
  snapshot: MeshSnapshot,
  service: MeshService,
  port: number,
  config: MeshConfig,
  { passthrough, endpoint }: InferenceOptions = {},
): Answer<EffectiveMode | 'none' | 'unknown'> {
  if (service.external) {
    return { value: 'none', reasons: [externalReason(snapshot, service)] };
  }
  if (service.resolution === 'original-destination' || passthrough) {
    const decided = pickedEndpointMode(
      snapshot,
      service,
      serviceEndpoints(snapshot, service, port),
      endpoint,
    );
    if (decided) {
      return decided;
    }
  }
  return namespaceMode(snapshot, service.namespace, { state: 'read', config });
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

function disabled(reasons: Reason[]): Answer<'DISABLE'> {
  return { value: 'DISABLE', reasons };
}

function pickedEndpointMode(
  snapshot: MeshSnapshot,
  { host }: MeshService,
  endpoints: readonly ServiceEndpoint[] | undefined,
  known: ServiceEndpoint | undefined,
): Answer<'DISABLE' | 'unknown'> | undefined {
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
  const incapable = all.find(isMarkedWithout);
  if (incapable) {
    const { source, cluster } = incapable;
    const { kind, object } = source;
    return disabled([
      because(
        RULE,
        `Clients of ${host} pick the endpoint themselves, and one, ${object.metadata.name}, takes no mutual TLS, so that none gets it`,
        {
          snapshot,
          kind,
          object,
          cluster,
          ...(kind === 'Pod' && { field: 'metadata.labels' }),
        },
      ),
    ]);
  }
  return all.length > 0
    ? undefined
    : disabled([
        {
          rule: RULE,
          text: `${host} has no endpoints of which it could be told whether they take mutual TLS`,
        },
      ]);
}

/**
 * Whether istiod takes an endpoint for one without a proxy here: where no label says anything of it, or it is `disabled`.
 * Any other word is not `istio` either, but does not count against the service.
 *
 * Upstream: pilot/pkg/model/service.go, `GetTLSModeFromEndpointLabels`.
 */
function isMarkedWithout({ capable, labels }: ServiceEndpoint): boolean {
  const label = Object.hasOwn(labels, TLS_MODE_LABEL)
    ? labels[TLS_MODE_LABEL]
    : undefined;
  return !capable && (label === undefined || label === 'disabled');
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
  { source, cluster }: ServiceEndpoint,
): Reason {
  const { kind, object } = source;
  if (kind === 'Pod') {
    return because(
      RULE,
      `The pod has no label ${TLS_MODE_LABEL}=istio, which the injector sets: clients take it for one without a proxy and send plaintext`,
      { snapshot, kind, object, cluster, field: 'metadata.labels' },
    );
  }
  return because(
    RULE,
    `The endpoint has neither a service account nor the label ${TLS_MODE_LABEL}=istio: clients take it for one without a proxy and send plaintext`,
    {
      snapshot,
      kind,
      object,
      cluster,
      field: 'field' in source ? source.field : 'spec.serviceAccount',
    },
  );
}

function nounOf({ source }: ServiceEndpoint): string {
  return source.kind === 'Pod' ? 'pod' : 'workload';
}
