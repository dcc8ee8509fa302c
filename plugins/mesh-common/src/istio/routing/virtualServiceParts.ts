import { Destination } from '../objectParts';
import { VirtualService } from '../objects';

/** A destination of a VirtualService, and where it is written. */
export interface WrittenDestination {
  destination: Destination;
  field: string;
  mirror: boolean;
}

/** The gateways that a VirtualService is bound to: the mesh itself where it names none. */
export function gatewaysOf({ spec }: VirtualService): readonly string[] {
  return spec?.gateways?.length ? spec.gateways : ['mesh'];
}

/** Whether a VirtualService applies in the mesh, not only at gateways. */
export function isBoundToMesh(virtualService: VirtualService): boolean {
  return gatewaysOf(virtualService).includes('mesh');
}

/** Everything that a VirtualService sends requests or connections to, mirrored ones included. */
export function* destinationsOf({
  spec,
}: VirtualService): IterableIterator<WrittenDestination> {
  for (const list of ['http', 'tls', 'tcp'] as const) {
    for (const [index, { route = [] }] of (spec?.[list] ?? []).entries()) {
      for (const [at, { destination }] of route.entries()) {
        yield {
          destination,
          field: `spec.${list}[${index}].route[${at}].destination`,
          mirror: false,
        };
      }
    }
  }
  for (const [index, { mirror, mirrors = [] }] of (
    spec?.http ?? []
  ).entries()) {
    if (mirror) {
      yield {
        destination: mirror,
        field: `spec.http[${index}].mirror`,
        mirror: true,
      };
    }
    for (const [at, { destination }] of mirrors.entries()) {
      yield {
        destination,
        field: `spec.http[${index}].mirrors[${at}].destination`,
        mirror: true,
      };
    }
  }
}
