import { Reason } from '../../contract/common';
import { because } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { contains } from '../networks';
import { podSetting } from '../podSettings';
import { skippedByDefault, skippedOutbound } from '../skippedPorts';
import { SendingClient } from '../../mesh/MeshAdapter';

const SKIP_SUBNETS = 'config.linkerd.io/skip-subnets';

/** Why what a client sends to an address and a port goes past its proxy, if it does. */
export function outboundBypass(
  snapshot: MeshSnapshot,
  { pod }: SendingClient,
  port: number,
  address: string | undefined,
): Reason | undefined {
  const skipped = pod
    ? skippedOutbound(snapshot, pod, port)
    : skippedByDefault(snapshot, port);
  if (skipped) {
    return skipped;
  }
  const subnets = pod && podSetting(snapshot, pod, SKIP_SUBNETS);
  const blocks = subnets?.value.split(',').map(block => block.trim()) ?? [];
  return subnets && address && contains(blocks, address)
    ? because(
        'linkerd/walk/bypass',
        `What the client sends to ${address} bypasses its proxy (${subnets.value})`,
        subnets.decider,
      )
    : undefined;
}
