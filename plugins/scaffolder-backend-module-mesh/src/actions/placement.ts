import { InputError } from '@backstage/errors';
import { Placement, PlacementsAnswer } from 'backstage-plugin-mesh-common';

/** As many namespaces are named as people read. */
const MAX_NAMED = 20;

/** Where the service is to go. Throws InputError that names the input, and what it may be. */
export function placementAt(
  { clusters, clusterListProblem, placements }: PlacementsAnswer,
  { cluster, namespace }: { cluster: string; namespace: string },
): { placement: Placement; notes: string[] } {
  const state = clusters.find(({ name }) => name === cluster);
  if (!state) {
    throw new InputError(
      `cluster: there is no cluster ${cluster}; there ${listOf(
        clusters.map(({ name }) => name),
        'is none',
      )}${clusterListProblem ? ` (${clusterListProblem})` : ''}`,
    );
  }
  const here = placements.filter(placement => placement.cluster === cluster);
  const placement = here.find(place => place.namespace === namespace);
  if (!placement) {
    throw new InputError(
      `namespace: there is no namespace ${namespace} on ${cluster} that you may know of; in a mesh there ${listOf(
        here.filter(({ mesh }) => mesh).map(place => place.namespace),
        'is none',
      )}${state.message ? ` (${cluster}: ${state.message})` : ''}`,
    );
  }
  return {
    placement,
    notes:
      state.status === 'synced'
        ? []
        : [
            `What is known of ${cluster} may be incomplete or old (${
              state.status
            }): ${state.message ?? 'it has not been read to the end'}`,
          ],
  };
}

function listOf(names: readonly string[], none: string): string {
  if (names.length === 0) {
    return none;
  }
  const named = names.slice(0, MAX_NAMED).join(', ');
  const verb = names.length === 1 ? 'is' : 'are';
  return names.length > MAX_NAMED
    ? `${verb} ${named} and ${names.length - MAX_NAMED} more`
    : `${verb} ${named}`;
}
