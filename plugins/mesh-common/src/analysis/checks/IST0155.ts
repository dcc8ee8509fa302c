import { defineCheck } from '../check';
import { refOf } from '../naming';
import { unorderedPatches } from './envoyFilterPatches';

/** As IST0151, after a patch of the same filter that is for one version of the proxy. */
export const relativePatchWithVersion = defineCheck({
  code: 'IST0155',
  level: 'warning',
  title: 'Relative patch beside one for a version of the proxy',
  explanation:
    'An earlier patch of the same filter is for some versions of the proxy only. For the others what this relative patch looks for is not there, so that it does nothing. Give the EnvoyFilters priorities, or use absolute operations.',
  upstream: 'envoyfilter.EnvoyPatchAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/EnvoyFilter',
  needs: [],
  *run(envoyFilter) {
    for (const { patch, versioned } of unorderedPatches(envoyFilter)) {
      if (versioned) {
        yield {
          message: `${refOf(envoyFilter)} has the relative operation ${
            patch.operation
          } for ${
            patch.filter || 'a filter'
          } after a patch that is for one proxyVersion, and no priority: set spec.priority, or use an absolute operation`,
          field: patch.field,
        };
      }
    }
  },
});
