import { Answer } from '../../contract/common';
import { Sends } from '../../contract/mtls';
import { because } from '../../mesh/answers';
import { evaluationOf } from '../../mesh/whoMayCall/PortAuthorization';
import { externalAuthorization } from '../authorization/portAuthorization';
import { externalInboundPolicy } from '../inboundPolicy';
import { clientObstacle } from '../sends';
import { factsOf, presented } from './callFacts';
import { decided } from './decided';
import { ExternalEndpoint } from './endpoints';
import { ServerAnswer, Way } from './way';

const RULE = 'linkerd/walk/external-workload';
const EXTERNAL_WORKLOAD = 'workload.linkerd.io/ExternalWorkload';

/**
 * What a workload outside Kubernetes makes of a request. Clients expect the identity there that it is written with, and take
 * for granted that its proxy runs; that asks the policies of its ports as the proxies of pods do.
 *
 * Upstream: controller/api/destination/endpoint_translator_utils.go, `createWeightedAddrForExternalWorkload`.
 */
export function externalServer(
  way: Way,
  endpoint: ExternalEndpoint,
): ServerAnswer {
  const { on, external, port } = endpoint;
  const sends = sentTo(way, endpoint);
  const policy = externalInboundPolicy(on, external, port);
  const identity = presented(way, sends);
  const { namespace, name } = external.metadata;
  return {
    ...decided(
      way,
      sends,
      `ExternalWorkload ${namespace}/${name} ${
        'policy' in policy ? policy.policy : 'not known'
      }`,
      evaluationOf(
        externalAuthorization(on, policy),
        factsOf(way, endpoint, sends),
      ),
    ),
    ...(identity && { identity }),
  };
}

function sentTo(
  { snapshot, client, reading, request }: Way,
  { on, external, service }: ExternalEndpoint,
): Answer<Sends> {
  const address = service?.service.spec.clusterIP;
  const obstacle =
    reading === 'none'
      ? { rule: RULE, text: 'No proxy of the client carries the request' }
      : clientObstacle(snapshot, client, {
          port: service?.port.port ?? request.port,
          address: address === 'None' ? undefined : address,
        });
  const at = {
    snapshot: on,
    kind: EXTERNAL_WORKLOAD,
    object: external,
  } as const;
  if (obstacle) {
    return { value: 'plaintext', reasons: [obstacle] };
  }
  const identity = external.spec?.meshTLS?.identity;
  return identity
    ? {
        value: 'mtls',
        reasons: [
          because(RULE, `Clients expect the identity ${identity} there`, {
            ...at,
            field: 'spec.meshTLS.identity',
          }),
        ],
      }
    : {
        value: 'plaintext',
        reasons: [
          because(RULE, 'It has no identity', { ...at, field: 'spec.meshTLS' }),
        ],
      };
}
