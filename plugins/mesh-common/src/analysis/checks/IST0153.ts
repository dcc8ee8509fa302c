import { defineCheck } from '../check';
import { refOf } from '../naming';
import { isForRoutes, patchesOf } from './envoyFilterPatches';

/** An EnvoyFilter adds a route, which does nothing. */
export const addIgnored = defineCheck({
  code: 'IST0153',
  level: 'error',
  title: 'ADD is ignored for routes',
  explanation:
    'Route configurations and routes cannot be added: with applyTo ROUTE_CONFIGURATION or HTTP_ROUTE the operation ADD does nothing. Use MERGE for them, or a VirtualService.',
  upstream: 'envoyfilter.EnvoyPatchAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/EnvoyFilter',
  needs: [],
  *run(envoyFilter) {
    for (const patch of patchesOf(envoyFilter)) {
      if (patch.operation === 'ADD' && isForRoutes(patch)) {
        yield {
          message: `${refOf(envoyFilter)} uses ADD with applyTo ${
            patch.applyTo
          }, where it is ignored: use MERGE, or change the routes by a VirtualService`,
          field: patch.field,
        };
      }
    }
  },
});
