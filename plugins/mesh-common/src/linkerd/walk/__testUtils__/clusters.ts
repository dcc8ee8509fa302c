import { walkRequestSchema } from '../../../contract/schemas/walk';
import { WalkAnswer } from '../../../contract/walk';
import { KindId } from '../../../kubernetes/kinds';
import { MeshLinks } from '../../../mesh/MeshLinks';
import { MESHES } from '../../../mesh/meshes';
import { requestWalk } from '../../../mesh/requestWalk';
import {
  clusterOf,
  CONTROL_PLANE,
  document,
  meshedPod,
} from '../../__testUtils__/cluster';
import { Question } from './walked';

export const GATEWAY_IDENTITY =
  'linkerd-gateway.linkerd-multicluster.serviceaccount.identity.linkerd.mesh.example';

/** A Service that the service mirror makes, of the cluster east unless labels or annotations say otherwise. */
export function mirror(
  name: string,
  options: {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    port?: number;
  } = {},
): string {
  return document({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace: 'shop',
      labels: options.labels ?? {
        'mirror.linkerd.io/mirrored-service': 'true',
        'mirror.linkerd.io/cluster-name': 'east',
      },
      annotations: options.annotations ?? {
        'mirror.linkerd.io/remote-svc-fq-name': 'cart.shop.svc.cluster.local',
      },
    },
    spec: {
      clusterIP: '10.9.0.99',
      ports: [{ port: options.port ?? 80, targetPort: 4143 }],
    },
  });
}

/** The gateway, as the chart has it. */
export function gateway(
  options: {
    annotations?: Record<string, string>;
    expected?: string;
    account?: string;
    address?: string;
  } = {},
): string {
  return (
    meshedPod('linkerd-gateway', {
      namespace: 'linkerd-multicluster',
      account: options.account,
      ip: '10.2.0.9',
      annotations: options.annotations ?? {
        'config.linkerd.io/enable-gateway': 'true',
        'config.linkerd.io/default-inbound-policy': 'all-authenticated',
      },
    }) +
    document({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'linkerd-gateway',
        namespace: 'linkerd-multicluster',
        annotations: {
          'mirror.linkerd.io/gateway-identity':
            options.expected ?? GATEWAY_IDENTITY,
        },
      },
      spec: {
        clusterIP: '10.9.1.9',
        selector: { app: 'linkerd-gateway' },
        ports: [{ name: 'mc-gateway', port: 4143 }],
      },
      status: {
        loadBalancer: { ingress: [{ ip: options.address ?? '192.0.2.1' }] },
      },
    })
  );
}

export function link(
  target: string,
  gatewayAddress: string,
  status?: object,
): string {
  return document({
    apiVersion: 'multicluster.linkerd.io/v1alpha3',
    kind: 'Link',
    metadata: { name: target, namespace: 'linkerd-multicluster' },
    spec: {
      targetClusterName: target,
      gatewayAddress,
      gatewayPort: '4143',
      gatewayIdentity: GATEWAY_IDENTITY,
    },
    ...(status && { status }),
  });
}

/** A request of the pod web in west, where east is another cluster that is known. */
export function walkedFromWest(
  west: string,
  east: string,
  {
    forbidden,
    name = 'east',
    ...question
  }: Question & { forbidden?: readonly KindId[]; name?: string } = {},
): WalkAnswer {
  const [snapshot] = MeshLinks.create(MESHES).link([
    clusterOf(CONTROL_PLANE + west, { name: 'west' }),
    clusterOf(CONTROL_PLANE + east, { name, forbidden }),
  ]);
  return requestWalk(
    snapshot,
    walkRequestSchema.parse({
      from: {
        workload: {
          cluster: 'west',
          namespace: 'shop',
          kind: 'Pod',
          name: 'web',
        },
      },
      host: 'cart-east',
      port: 80,
      ...question,
    }),
    MESHES,
  );
}
