import {
  GatewayRoutes,
  MESHES,
  MeshSnapshot,
  UnknownPlaceError,
} from 'backstage-plugin-mesh-common';
import { UsageError } from '../usageError';

export interface GatewayQuestion {
  gateway?: string;
  host?: string;
  port: string;
}

/** What is asked about a gateway, and the answer. */
export interface GatewayAnswer extends GatewayRoutes {
  gateway: { namespace: string; name: string };
  host: string;
  port: number;
}

/** All rules that a gateway has for a host: what `mesh routes --gateway` asks. */
export function gatewayAnswer(
  snapshot: MeshSnapshot,
  { gateway: text = '', host, port: portText }: GatewayQuestion,
): GatewayAnswer {
  const [namespace, name, ...rest] = text.split('/');
  if (!namespace || !name || rest.length > 0) {
    throw new UsageError(`--gateway ${text} is not NAMESPACE/name`);
  }
  if (!host) {
    throw new UsageError(
      '--gateway needs --host, whose rules are to be listed',
    );
  }
  const port = Number(portText);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new UsageError(`--port ${portText} is no number of a port`);
  }
  const gateway = { namespace, name };
  const able = MESHES.filter(one => one.gatewayRoutes);
  const mesh = able.find(one => one.clusterMesh(snapshot)) ?? able[0];
  try {
    const found = mesh?.gatewayRoutes?.(snapshot, gateway, { host, port });
    return found
      ? { gateway, host, port, ...found }
      : { gateway, host, port, ...notKnown() };
  } catch (error) {
    if (error instanceof UnknownPlaceError) {
      throw new UsageError(
        `--gateway ${text}: there is no such Gateway in the input`,
      );
    }
    throw error;
  }
}

function notKnown(): GatewayRoutes {
  return {
    routing: {
      value: 'unknown',
      cause: 'not-modelled',
      reasons: [
        { rule: 'mesh/gateway-routes', text: 'No mesh here has gateways' },
      ],
    },
    rules: [],
  };
}
