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

/** The request as it goes on once its token is taken out. */
const WITHOUT_TOKEN: HeaderOperations = { remove: ['authorization'] };

/** What a gateway knows of the tokens of a request, and what of them is behind it. */
export interface GatewayTokens {
  /** Those that it has accepted once it routes. Undefined: not known. */
  accepted: CallFacts['tokens'];
  /** The rule that takes the token out of the request, in words. */
  takenOut?: Reason;
  /** What is made of claims: the gateway routes by it, and what is behind it sees it. */
  headers?: HeaderOperations | 'unknown';
}

/** What of the headers is not the client's any more behind the gateway. */
export function changedBehind({
  takenOut,
  headers,
}: GatewayTokens): HeaderOperations[] {
  return [
    ...(headers && headers !== 'unknown' ? [headers] : []),
    ...(takenOut ? [WITHOUT_TOKEN] : []),
  ];
}

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
  // What becomes of a token whose claims are not told depends on them already at the gateway.
  const told = isPreflight(request) ? [] : request.tokens ?? [];
  const { takenBy } = tokensPassedOn(tokenRules(set.tokenPolicies ?? []), told);
  const { tokens, headers } = tokenStep(set, {
    ...request,
    peer: { type: 'none' },
    mode: 'none',
    inCluster: false,
  });
  return {
    accepted: tokens,
    ...(headers && { headers }),
    ...(takenBy && {
      takenOut: tokenReason(
        snapshot,
        takenBy,
        'takes the token that it accepts out of the request (no forwardOriginalToken), so that nobody behind the gateway finds it',
      ),
    }),
  };
}
