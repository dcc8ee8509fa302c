import { Reason } from '../../contract/common';
import { WalkRequest, WalkStep } from '../../contract/walk';
import { Pod } from '../../kubernetes/core';
import { HeaderOperations, lowerCase } from '../../mesh/walk/headers';
import { step } from '../../mesh/walk/steps';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { proxySet } from '../authorization/proxies';
import { tokenReason, tokenRules } from '../authorization/tokenRules';
import { tokensPassedOn } from '../authorization/tokensPassedOn';
import { tokenStep } from '../authorization/tokenStep';
import { MeshConfig, meshConfig } from '../meshConfig';
import { isPreflight } from '../preflight';
import { tokensOf } from './callFacts';
import { GatewayClient } from './gatewayClient';

/** What a gateway knows of the tokens of a request, and what of them is behind it. */
export interface GatewayTokens {
  /** Those that it has accepted once it routes. Undefined: not known. */
  accepted: CallFacts['tokens'];
  /** The rule that takes the token out of the request, in words. */
  takenOut?: Reason;
}

/** The request as it goes on once its token is taken out. */
export const WITHOUT_TOKEN: HeaderOperations = { remove: ['authorization'] };

/** Says that the token is taken out; nothing where it is not. */
export function takenOutStep(reason: Reason | undefined): WalkStep[] {
  return reason ? [step('authorization', 'ok', reason.text, [reason])] : [];
}

/**
 * What the RequestAuthentications of a gateway make of the tokens of a request. One whose pods are not known is taken to
 * accept what comes, and to pass it on.
 */
export function gatewayTokens(
  snapshot: MeshSnapshot,
  request: WalkRequest,
  { client: { pod }, port }: GatewayClient,
): GatewayTokens {
  const tokens = tokensOf(request);
  const mesh = meshConfig(snapshot);
  const { method, headers } = request;
  return pod && mesh.state === 'read'
    ? tokensAt(
        snapshot,
        { pod, port, config: mesh.config },
        { ...(tokens && { tokens }), method, headers: lowerCase(headers) },
      )
    : { accepted: tokens };
}

function tokensAt(
  snapshot: MeshSnapshot,
  { pod, port, config }: { pod: Pod; port: number; config: MeshConfig },
  request: Pick<CallFacts, 'tokens' | 'method' | 'headers'>,
): GatewayTokens {
  const set = proxySet(
    { snapshot, pod, port, mode: 'gateway', config, protocol: 'http' },
    'http',
  );
  const { takenBy } = isPreflight(request)
    ? { takenBy: undefined }
    : tokensPassedOn(tokenRules(set.tokenPolicies ?? []), request.tokens);
  return {
    accepted: tokenStep(set, {
      ...request,
      peer: { type: 'none' },
      mode: 'none',
      inCluster: false,
    }).tokens,
    ...(takenBy && {
      takenOut: tokenReason(
        snapshot,
        takenBy,
        'takes the token that it accepts out of the request (no forwardOriginalToken), so that nobody behind the gateway finds it',
      ),
    }),
  };
}
