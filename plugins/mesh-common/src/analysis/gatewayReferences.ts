import { VirtualService } from '../istio/objects';

/** A gateway as a VirtualService names it, and where. */
export interface GatewayReference {
  reference: string;
  field: string;
}

/** The gateways that a VirtualService is bound to, and others that matches of its rules name; without the mesh. */
export function gatewayReferencesOf({
  spec,
}: VirtualService): GatewayReference[] {
  const bound = spec?.gateways ?? [];
  const matched = (['http', 'tls', 'tcp'] as const).flatMap(list =>
    (spec?.[list] ?? []).flatMap(({ match = [] }, rule) =>
      match.flatMap(({ gateways = [] }, at) =>
        gateways.map((reference, index) => ({
          reference,
          field: `spec.${list}[${rule}].match[${at}].gateways[${index}]`,
        })),
      ),
    ),
  );
  return [
    ...bound.map((reference, index) => ({
      reference,
      field: `spec.gateways[${index}]`,
    })),
    ...matched.filter(({ reference }) => !bound.includes(reference)),
  ].filter(({ reference }) => reference !== 'mesh');
}
