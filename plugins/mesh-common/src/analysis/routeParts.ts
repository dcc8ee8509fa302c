import { VirtualService } from '../istio/objects';
import { Destination } from '../istio/objectParts';

/** The destinations that the requests of one rule are split over, and where they are written. */
export interface Split {
  destinations: readonly { destination: Destination; weight?: number }[];
  field: string;
}

/** The splits of a VirtualService, of each protocol. */
export function* splitsOf({ spec }: VirtualService): IterableIterator<Split> {
  for (const list of ['http', 'tls', 'tcp'] as const) {
    for (const [index, { route = [] }] of (spec?.[list] ?? []).entries()) {
      yield { destinations: route, field: `spec.${list}[${index}].route` };
    }
  }
}
