import { Reason } from '../contract/common';
import { Pod } from '../kubernetes/core';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { matchesBlock } from './authorization/addresses';
import { injectorConfig } from './injectorConfig';
import { injectedRevision, podReason } from './pods';
import { INTERCEPTION, namesPort, TRAFFIC_PREFIX } from './portCapture';

const RULE = 'istio/port-capture';

/** Where a pod connects to. */
export interface OutboundTarget {
  port: number;
  /** What it may connect to by that. Undefined: not known. */
  addresses: readonly string[] | undefined;
}

/** Whether a connection of a pod goes past its own sidecar, and why; neither: the sidecar takes it. */
export interface OutboundCapture {
  bypass?: Reason;
  /** Why it is not certain. */
  open?: Reason;
}

/**
 * Which connections of a pod its sidecar takes. Annotations of the pod say it, whose defaults are settings of the injector:
 * ports that are excluded go past it, then addresses that are; then ports that are included go to it, and of all others the
 * addresses that are (`*`, unless said otherwise; an empty text: none). Ports are those that the client connects to, of Services
 * where it calls them.
 *
 * Upstream: manifests/charts/istio-control/istio-discovery/files/injection-template.yaml (istio-init);
 * tools/istio-iptables/pkg/capture/run.go, `Run`.
 */
export function outboundCapture(
  snapshot: MeshSnapshot,
  pod: Pod,
  { port, addresses }: OutboundTarget,
): OutboundCapture {
  const reason = (text: string) =>
    podReason(snapshot, pod, RULE, text, 'metadata.annotations');
  const { annotations } = pod.metadata;
  if (annotations[INTERCEPTION] === 'NONE') {
    return {
      bypass: reason(
        `${INTERCEPTION}: NONE leaves the connections of the client as they are`,
      ),
    };
  }
  const read = injectorConfig(snapshot, injectedRevision(pod));
  const settings = read.state === 'read' ? read.config : undefined;
  const setting = (name: string, fallback?: string) =>
    annotations[`${TRAFFIC_PREFIX}/${name}`] ?? fallback ?? '';
  if (
    namesPort(
      setting('excludeOutboundPorts', settings?.excludeOutboundPorts),
      port,
    )
  ) {
    return {
      bypass: reason(
        `excludeOutboundPorts of the client names port ${port}, so that its connections go past its sidecar`,
      ),
    };
  }
  const excluded = covers(
    setting('excludeOutboundIPRanges', settings?.excludeIPRanges),
    addresses,
  );
  if (excluded) {
    return decided(excluded, {
      yes: reason(
        `excludeOutboundIPRanges of the client names ${wordsOf(
          addresses,
        )}, so that its connections go past its sidecar`,
      ),
      open: reason(
        'excludeOutboundIPRanges of the client decides by addresses what its sidecar takes',
      ),
    });
  }
  if (
    namesPort(
      setting('includeOutboundPorts', settings?.includeOutboundPorts),
      port,
    )
  ) {
    return {};
  }
  const included = covers(
    setting('includeOutboundIPRanges', settings?.includeIPRanges ?? '*'),
    addresses,
  );
  return included === 'yes'
    ? {}
    : decided(included === undefined ? 'yes' : 'open', {
        yes: reason(
          `includeOutboundIPRanges of the client does not name ${wordsOf(
            addresses,
          )}, so that its connections go past its sidecar`,
        ),
        open: reason(
          'includeOutboundIPRanges of the client decides by addresses what its sidecar takes',
        ),
      });
}

function decided(
  answer: 'yes' | 'open',
  reasons: { yes: Reason; open: Reason },
): OutboundCapture {
  return answer === 'yes' ? { bypass: reasons.yes } : { open: reasons.open };
}

/** Whether ranges name all addresses (yes), or none (undefined), as far as that is known. */
function covers(
  written: string,
  addresses: readonly string[] | undefined,
): 'yes' | 'open' | undefined {
  const ranges = written
    .split(',')
    .map(range => range.trim())
    .filter(range => range !== '');
  if (ranges.length === 0) {
    return undefined;
  }
  if (ranges.includes('*')) {
    return 'yes';
  }
  const each = (addresses ?? []).map(address => isIn(address, ranges));
  if (each.length === 0 || each.includes(undefined)) {
    return 'open';
  }
  if (each.every(Boolean)) {
    return 'yes';
  }
  return each.some(Boolean) ? 'open' : undefined;
}

function isIn(address: string, ranges: readonly string[]): boolean | undefined {
  const verdicts = ranges.map(range => matchesBlock(address, range));
  return (
    verdicts.includes(true) ||
    (verdicts.includes(undefined) ? undefined : false)
  );
}

function wordsOf(addresses: readonly string[] | undefined): string {
  return addresses?.length ? addresses.join(', ') : 'any address';
}
