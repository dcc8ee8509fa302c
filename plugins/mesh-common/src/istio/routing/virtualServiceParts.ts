import { VirtualService } from '../objects';

export type Destination = NonNullable<
  NonNullable<
    NonNullable<NonNullable<VirtualService['spec']>['http']>[number]['route']
  >[number]
>['destination'];

/** The gateways that a VirtualService is bound to: the mesh itself where it names none. */
export function gatewaysOf({ spec }: VirtualService): readonly string[] {
  return spec?.gateways?.length ? spec.gateways : ['mesh'];
}

/** Whether a VirtualService applies in the mesh, not only at gateways. */
export function isBoundToMesh(virtualService: VirtualService): boolean {
  return gatewaysOf(virtualService).includes('mesh');
}

/** Everything that a VirtualService sends requests or connections to; mirrors not included. */
export function destinationsOf({ spec }: VirtualService): Destination[] {
  return [
    ...(spec?.http ?? []),
    ...(spec?.tls ?? []),
    ...(spec?.tcp ?? []),
  ].flatMap(({ route = [] }) => route.map(({ destination }) => destination));
}
