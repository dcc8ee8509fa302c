import { PeerAuthentication } from '../istio/objects';
import { defineIndex } from '../snapshot/defineIndex';
import { Selecting } from './checks/selectorConflicts';

type Labels = Readonly<Record<string, string>>;

/** The PeerAuthentications of a namespace; without labels one is for all workloads that no other is for. */
export const peerAuthenticationsOf = defineIndex(
  ['security.istio.io/PeerAuthentication'],
  ({ objects }) =>
    objects('security.istio.io/PeerAuthentication').map(
      (object): Selecting<PeerAuthentication> => ({
        object,
        labels: selectedLabels(object),
      }),
    ),
);

/** The labels that a policy asks for; undefined where it selects all. */
export function selectedLabels({
  spec,
}: {
  spec?: { selector?: { matchLabels?: Labels } };
}): Labels | undefined {
  const labels = spec?.selector?.matchLabels ?? {};
  return Object.keys(labels).length > 0 ? labels : undefined;
}
