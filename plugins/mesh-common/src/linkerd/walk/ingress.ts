import { Reason } from '../../contract/common';
import { WalkStep } from '../../contract/walk';
import { because } from '../../mesh/answers';
import { SendingClient } from '../../mesh/MeshAdapter';
import { lowerCase } from '../../mesh/walk/headers';
import { step } from '../../mesh/walk/steps';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { assumedConfig } from '../controlPlaneConfig';
import { INJECT_ANNOTATION } from '../injectionDecision';
import { podSetting } from '../podSettings';
import { hostStep, Place, placeNamed } from './place';
import { Way } from './way';

const RULE = 'linkerd/ingress-mode';
const HEADER = 'l5d-dst-override';
const HTTP_PORT = 80;

/** Where the proxy of an ingress sends a request, other than to what its client dials. */
export type Overridden =
  | { way: Way; place: Place; step: WalkStep }
  /** The proxy cannot tell where to. */
  | { ends: WalkStep };

/**
 * The proxy of a pod with `linkerd.io/inject: ingress` sends a request to the Service that its header `l5d-dst-override`
 * names in full, with a port (80 where none is written), and takes the header away; the Host header stays. A name that
 * is none of a Service gives no answer. Requests without the header, and what is not HTTP, go where they are sent to.
 * To other proxies the header is one like others.
 *
 * Upstream: linkerd2-proxy, linkerd/app/outbound/src/ingress.rs.
 */
export function ingressOverride(way: Way): Overridden | undefined {
  const { snapshot, request, client } = way;
  const mode = ingressMode(snapshot, client);
  const { [HEADER]: target, ...headers } = lowerCase(request.headers);
  if (!mode || request.protocol !== 'http' || target === undefined) {
    return undefined;
  }
  const [, host = '', port = HTTP_PORT] =
    /^([^:]+)(?::(\d+))?$/.exec(target.trim()) ?? [];
  const { clusterDomain } = assumedConfig(snapshot).config;
  const place = host.toLowerCase().endsWith(`.svc.${clusterDomain}`)
    ? placeNamed(snapshot, host, '')
    : undefined;
  if (place?.is !== 'service') {
    const text = `The header ${HEADER} says ${target}, which is no full name of a Service: the proxy closes the connection`;
    return { ends: step('host', 'ends', text, [{ ...mode, text }]) };
  }
  const named = hostStep(snapshot, place);
  return {
    way: { ...way, request: { ...request, host, port: Number(port), headers } },
    place,
    step: { ...named, reasons: [mode, ...named.reasons] },
  };
}

function ingressMode(
  snapshot: MeshSnapshot,
  { pod }: SendingClient,
): Reason | undefined {
  const setting = pod && podSetting(snapshot, pod, INJECT_ANNOTATION);
  return setting?.value === 'ingress'
    ? because(
        RULE,
        `The proxy of an ingress sends a request to where its header ${HEADER} says`,
        setting.decider,
      )
    : undefined;
}
