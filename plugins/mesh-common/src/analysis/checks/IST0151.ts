import { defineCheck } from '../check';
import { refOf } from '../naming';
import { unorderedPatches } from './envoyFilterPatches';

/** An EnvoyFilter changes something relative to what is there, and does not say when. */
export const relativePatchWithoutPriority = defineCheck({
  code: 'IST0151',
  level: 'warning',
  title: 'Relative patch without a priority',
  explanation:
    'Patches of one priority are applied in the order in which the EnvoyFilters were made. What a relative patch (INSERT_BEFORE, INSERT_AFTER, REPLACE, REMOVE) looks for may not be there yet, or not any more: then it does nothing, without a word.',
  upstream: 'envoyfilter.EnvoyPatchAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/EnvoyFilter',
  needs: [],
  *run(envoyFilter) {
    for (const { patch, versioned } of unorderedPatches(envoyFilter)) {
      if (!versioned) {
        yield {
          message: `${refOf(envoyFilter)} has the relative operation ${
            patch.operation
          } (${
            patch.field
          }) and no priority, so that its effect depends on the order of all EnvoyFilters: set spec.priority`,
          field: patch.field,
        };
      }
    }
  },
});
