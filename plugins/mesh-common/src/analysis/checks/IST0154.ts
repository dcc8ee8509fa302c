import { defineCheck } from '../check';
import { refOf } from '../naming';
import { isForRoutes, patchesOf } from './envoyFilterPatches';

/** An EnvoyFilter removes a route, which does nothing. */
export const removeIgnored = defineCheck({
  code: 'IST0154',
  level: 'error',
  title: 'REMOVE is ignored for routes',
  explanation:
    'Route configurations and routes cannot be removed: with applyTo ROUTE_CONFIGURATION or HTTP_ROUTE the operation REMOVE does nothing. Use MERGE for them, or a VirtualService.',
  upstream: 'envoyfilter.EnvoyPatchAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/EnvoyFilter',
  needs: [],
  *run(envoyFilter) {
    for (const patch of patchesOf(envoyFilter)) {
      if (patch.operation === 'REMOVE' && isForRoutes(patch)) {
        yield {
          message: `${refOf(envoyFilter)} uses REMOVE with applyTo ${
            patch.applyTo
          }, where it is ignored: use MERGE, or change the routes by a VirtualService`,
          field: patch.field,
        };
      }
    }
  },
});
