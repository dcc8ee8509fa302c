import { isValid as isAddress } from 'ipaddr.js';
import { parse } from 'yaml';
import { z } from 'zod';
import { Pod } from '../kubernetes/core';
import { lowerCase } from '../mesh/walk/headers';
import { Settings } from './meshSettings';
import { proxyOf } from './pods';

const CONFIG = 'proxy.istio.io/config';
const ENVIRONMENT = 'PROXY_CONFIG';

const configSchema = z.object({
  gatewayTopology: z
    .object({ numTrustedProxies: z.number().optional() })
    .optional(),
});

/**
 * How many proxies in front of a gateway are trusted to tell of the client: what the pod's annotation says, what it was injected
 * with, else the mesh's default. None, unless one of them says so.
 *
 * Upstream: pilot/pkg/networking/core/gateway.go, `buildGatewayConnectionManager`; pkg/bootstrap (`PROXY_CONFIG`).
 */
export function trustedProxies(
  pod: Pod,
  { defaultConfig }: Pick<Settings, 'defaultConfig'>,
): number {
  const environment = proxyOf(pod)?.container.env?.find(
    ({ name }) => name === ENVIRONMENT,
  )?.value;
  return (
    written(pod.metadata.annotations[CONFIG]) ??
    written(environment) ??
    defaultConfig.gatewayTopology?.numTrustedProxies ??
    0
  );
}

function written(yaml: string | undefined): number | undefined {
  if (yaml === undefined) {
    return undefined;
  }
  try {
    return configSchema.safeParse(parse(yaml)).data?.gatewayTopology
      ?.numTrustedProxies;
  } catch {
    // What is no YAML says nothing; IST0125 reports it.
    return undefined;
  }
}

/**
 * The address that a gateway takes for the client's: as many places from the end of `X-Forwarded-For` as proxies are trusted,
 * before it adds its own peer; the peer where none is, or the header has no address there. Undefined: not known.
 *
 * Upstream: Envoy source/common/http/conn_manager_utility.cc, `mutateRequestHeaders`.
 */
export function clientAddress(
  headers: Readonly<Record<string, string>>,
  trusted: number,
  peer: string | undefined,
): string | undefined {
  if (trusted === 0) {
    return peer;
  }
  const forwarded = (lowerCase(headers)['x-forwarded-for'] ?? '')
    .split(',')
    .map(entry => entry.trim());
  const told = forwarded[forwarded.length - trusted] ?? '';
  return isAddress(told) ? told : peer;
}

/** The scheme that a gateway believes the client used, where a trusted proxy tells it. */
export function forwardedProto(
  headers: Readonly<Record<string, string>>,
  trusted: number,
): string | undefined {
  return trusted === 0 ? undefined : lowerCase(headers)['x-forwarded-proto'];
}
