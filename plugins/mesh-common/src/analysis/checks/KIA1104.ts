import { defineCheck } from '../check';
import { refOf } from '../naming';
import { splitsOf } from '../routeParts';

/** The only destination of a rule has a weight below 100, though it gets everything. */
export const weightOfOne = defineCheck({
  code: 'KIA1104',
  level: 'warning',
  title: 'Weight of a single destination',
  explanation:
    'Weights say how requests are split over several destinations. One alone gets all of them whatever its weight: either another destination is missing, or the weight has no meaning.',
  upstream: 'virtualservices.RouteChecker, VirtualServiceChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: [],
  *run(virtualService) {
    for (const { destinations, field } of splitsOf(virtualService)) {
      const [{ destination, weight = 0 } = { destination: undefined }] =
        destinations;
      if (
        destination &&
        destinations.length === 1 &&
        weight > 0 &&
        weight < 100
      ) {
        yield {
          message: `${refOf(virtualService)} gives ${weight} % to ${
            destination.host
          }, which gets all requests as the only destination: add the other one, or leave the weight out`,
          field: `${field}[0].weight`,
        };
      }
    }
  },
});
