import { defineCheck } from '../check';
import { refOf } from '../naming';
import { isReplaceable, patchesOf } from './envoyFilterPatches';

/** An EnvoyFilter replaces something that cannot be replaced. */
export const replaceIgnored = defineCheck({
  code: 'IST0152',
  level: 'error',
  title: 'REPLACE is ignored for this part of the configuration',
  explanation:
    'Only filters and virtual hosts can be replaced: with any other applyTo the operation REPLACE does nothing. Use MERGE, or REMOVE and ADD.',
  upstream: 'envoyfilter.EnvoyPatchAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/EnvoyFilter',
  needs: [],
  *run(envoyFilter) {
    for (const patch of patchesOf(envoyFilter)) {
      if (patch.operation === 'REPLACE' && !isReplaceable(patch)) {
        yield {
          message: `${refOf(envoyFilter)} uses REPLACE with applyTo ${
            patch.applyTo
          }, where it is ignored: use it for HTTP_FILTER, NETWORK_FILTER or VIRTUAL_HOST, or use MERGE`,
          field: patch.field,
        };
      }
    }
  },
});
