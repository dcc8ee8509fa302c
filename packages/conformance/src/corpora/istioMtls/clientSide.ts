import {
  inferredIstioMode,
  istioClusterSeenBy,
  IstioProxyCluster,
  meshConfig,
  MeshSnapshot,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { clusterOf, istioSettings } from '../../cluster';
import { Comparison } from '../../corpus';
import { MtlsCase } from './case';

const TLS_MODE_LABEL = 'security.istio.io/tlsMode';
const NAME = 'called';

/** Whether a client uses mutual TLS with an endpoint. */
export function clientEndpointMtls(entry: MtlsCase): Comparison {
  const { service, servicePort, port, endpointTlsModeLabel, subset } = z
    .object({
      service: z.string(),
      servicePort: z.number(),
      port: z.number(),
      endpointTlsModeLabel: z.string(),
      subset: z.string().optional(),
    })
    .parse(entry);
  const [name, namespace] = service.split('.');
  const snapshot = clusterOf([
    istioSettings(entry),
    serviceOf(name, namespace, servicePort, {
      selector: entry.labels,
      ports: [{ port: servicePort, targetPort: port, name: 'http' }],
    }),
    podOf('endpoint', namespace, {
      ...entry.labels,
      [TLS_MODE_LABEL]: endpointTlsModeLabel,
    }),
    ...entry.peerAuthentications,
    ...entry.destinationRules,
  ]);
  const cluster = clusterIn(snapshot, entry.namespace, {
    host: service,
    port: servicePort,
    ...(subset && { subset }),
  });
  return { expected: entry.expect, actual: { clientMtls: mutualTo(cluster) } };
}

/** What istiod takes the mode of a service to be when it decides for its clients. */
export function serviceInferredMode(entry: MtlsCase): Comparison {
  const { resolution, meshExternal, endpointTlsModes } = z
    .object({
      resolution: z.enum(['ClientSideLB', 'Passthrough']),
      meshExternal: z.boolean(),
      endpointTlsModes: z.array(z.string()),
    })
    .parse(entry.input);
  const { namespace, port = 80 } = entry;
  const labels = { app: NAME };
  const snapshot = clusterOf([
    istioSettings(entry),
    ...(meshExternal
      ? [externalOf(namespace, port)]
      : [
          serviceOf(NAME, namespace, port, {
            selector: labels,
            ...(resolution === 'Passthrough' && { clusterIP: 'None' }),
          }),
        ]),
    ...endpointTlsModes.map((mode, index) =>
      podOf(`endpoint-${index}`, namespace, {
        ...labels,
        [TLS_MODE_LABEL]: mode,
      }),
    ),
    ...entry.peerAuthentications,
  ]);
  const { service } = clusterIn(snapshot, namespace, {
    host: hostOf(namespace, meshExternal),
    port,
  });
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown') {
    throw new Error('The settings of the mesh were not read');
  }
  const { value } = inferredIstioMode(snapshot, service, port, mesh.config);
  return {
    expected: entry.expect,
    actual: { mode: value === 'none' ? 'UNKNOWN' : value },
  };
}

/** The TLS of a client's cluster, and whether somebody wrote it. */
export function clientTlsSettings(entry: MtlsCase): Comparison {
  const input = z
    .object({
      destinationRuleTlsMode: z.string().nullable(),
      autoMtlsEnabled: z.boolean(),
      meshExternal: z.boolean(),
      serviceMtlsMode: z.string(),
      proxyHasMetadataCerts: z.boolean(),
    })
    .parse(entry.input);
  const { namespace, port = 80 } = entry;
  const host = hostOf(namespace, input.meshExternal);
  const { destinationRuleTlsMode: mode, serviceMtlsMode } = input;
  const snapshot = clusterOf([
    istioSettings({
      ...entry,
      meshConfig: `enableAutoMtls: ${input.autoMtlsEnabled}`,
    }),
    input.meshExternal
      ? externalOf(namespace, port)
      : serviceOf(NAME, namespace, port, { selector: { app: NAME } }),
    ...(mode
      ? [
          {
            apiVersion: 'networking.istio.io/v1',
            kind: 'DestinationRule',
            metadata: { name: NAME, namespace },
            spec: { host, trafficPolicy: { tls: { mode } } },
          },
        ]
      : []),
    ...(serviceMtlsMode === 'UNKNOWN'
      ? []
      : [
          {
            apiVersion: 'security.istio.io/v1',
            kind: 'PeerAuthentication',
            metadata: { name: 'default', namespace },
            spec: { mtls: { mode: serviceMtlsMode } },
          },
        ]),
  ]);
  const { tls } = clusterIn(
    snapshot,
    namespace,
    { host, port },
    input.proxyHasMetadataCerts,
  );
  return { expected: entry.expect, actual: settingsOf(tls) };
}

function settingsOf(tls: IstioProxyCluster['tls']) {
  const none = tls.mode === 'DISABLE' && !tls.isWritten;
  return {
    tlsMode: none ? null : modeOf(tls),
    contextType: tls.isWritten || none ? 'userSupplied' : 'autoDetected',
  };
}

function modeOf({ mode, ownCertificate }: IstioProxyCluster['tls']): string {
  if (mode !== 'auto-mtls' && mode !== 'ISTIO_MUTUAL') {
    return mode;
  }
  return ownCertificate ? 'MUTUAL' : 'ISTIO_MUTUAL';
}

function mutualTo({ tls, endpoints }: IstioProxyCluster): boolean | 'unknown' {
  const [endpoint] = endpoints ?? [];
  return tls.mode === 'auto-mtls'
    ? endpoint?.mtls?.value ?? 'unknown'
    : tls.mode === 'ISTIO_MUTUAL';
}

function clusterIn(
  snapshot: MeshSnapshot,
  namespace: string,
  destination: { host: string; port: number; subset?: string },
  ownCertificate = false,
): IstioProxyCluster {
  const cluster = istioClusterSeenBy(snapshot, destination, {
    proxy: 'sidecar',
    namespace,
    labels: {},
    ownCertificate,
  });
  if (cluster.state !== 'present') {
    throw new Error(`${destination.host} is ${cluster.state}`);
  }
  return cluster;
}

function hostOf(namespace: string, external: boolean): string {
  return external
    ? 'outside.example'
    : `${NAME}.${namespace}.svc.cluster.local`;
}

function serviceOf(
  name: string,
  namespace: string,
  port: number,
  spec: object,
): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { ports: [{ port, name: 'http' }], ...spec },
  };
}

function externalOf(namespace: string, port: number): object {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: NAME, namespace },
    spec: {
      hosts: [hostOf(namespace, true)],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      ports: [{ number: port, name: 'http', protocol: 'HTTP' }],
    },
  };
}

function podOf(
  name: string,
  namespace: string,
  labels: Record<string, string>,
): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    status: { podIP: '10.0.0.9' },
  };
}
