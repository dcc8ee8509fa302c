import { CallEvaluation } from '../../contract/callEvaluation';
import { EnrolmentMode } from '../../contract/mtls';
import { WalkRequest } from '../../contract/walk';
import { Found } from '../../mesh/walk/compose';
import { step } from '../../mesh/walk/steps';
import { evaluateHops } from '../authorization/hops';
import { meshConfig } from '../meshConfig';
import { clientAddress, trustedProxies } from '../trustedProxies';
import { authorizationStep } from './authorization';
import { OutboundAnswer } from './call';
import { requestFacts } from './callFacts';
import { GatewayClient } from './gatewayClient';
import { Way } from './way';

type FromGateway = Extract<WalkRequest['from'], { gateway: unknown }>;

/** What the gateway's own policies say of the request, where its pods are known and it listens at all. */
export function atGateway(
  way: Way,
  { client, port }: GatewayClient,
  { sourceIp }: FromGateway,
  { outcome }: OutboundAnswer,
): Found | undefined {
  const { snapshot } = way;
  const mesh = meshConfig(snapshot);
  if (!client.pod || outcome === 'no-listener' || mesh.state === 'unknown') {
    return undefined;
  }
  const remoteIp = clientAddress(
    way.request.headers,
    trustedProxies(client.pod, mesh.config),
    sourceIp,
  );
  const evaluation: CallEvaluation = evaluateHops(
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
  const security = step('security', 'ok', '', []);
  const {
    outcome: decided,
    status,
    flag,
    steps,
  } = authorizationStep(
    { reading: way.reading === 'http' ? 'http' : 'none' },
    security,
    evaluation,
  );
  const [, authorization] = steps;
  if (decided === 'delivered') {
    // Where no policy is for the gateway there is nothing to say of it.
    return evaluation.hops.some(({ checks }) => checks.length > 0)
      ? { steps: [authorization], branches: [] }
      : undefined;
  }
  return {
    steps: [authorization],
    branches: [],
    ending: {
      outcome: decided,
      ...(status !== undefined && { status }),
      ...(flag && { flag }),
    },
  };
}
