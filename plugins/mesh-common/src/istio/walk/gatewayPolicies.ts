import { EnrolmentMode } from '../../contract/mtls';
import { WalkRequest } from '../../contract/walk';
import { Found } from '../../mesh/walk/compose';
import { evaluateHops } from '../authorization/hops';
import { meshConfig } from '../meshConfig';
import { clientAddress } from '../trustedProxies';
import { OutboundAnswer } from './call';
import { requestFacts } from './callFacts';
import { GatewayClient } from './gatewayClient';
import { policiesFound } from './policiesFound';
import { Way } from './way';

type FromGateway = Extract<WalkRequest['from'], { gateway: unknown }>;

/**
 * What the gateway's own policies say of the request, where its pods are known and it listens at all. `trusted`: as many
 * proxies in front of it are.
 */
export function atGateway(
  way: Way,
  { client, port, trusted }: GatewayClient & { trusted: number },
  { sourceIp }: FromGateway,
  { outcome }: OutboundAnswer,
): Found | undefined {
  const { snapshot } = way;
  const mesh = meshConfig(snapshot);
  if (!client.pod || outcome === 'no-listener' || mesh.state === 'unknown') {
    return undefined;
  }
  const remoteIp = clientAddress(way.request.headers, trusted, sourceIp);
  const evaluation = evaluateHops(
    {
      snapshot,
      pod: client.pod,
      port,
      mode: 'gateway' satisfies EnrolmentMode,
      config: mesh.config,
      protocol: way.reading === 'http' ? 'http' : 'tcp',
    },
    {
      ...requestFacts(way),
      peer: { type: 'none' },
      mode: 'none',
      inCluster: false,
      ...(sourceIp && { sourceIp }),
      ...(remoteIp && { remoteIp }),
      sni: way.request.sni ?? '',
    },
    undefined,
  );
  return policiesFound(way, evaluation);
}
