import { FindingsAnswer } from 'backstage-plugin-mesh-common';

export const reviewsFindings: FindingsAnswer = {
  entityRef: 'component:default/reviews',
  findings: [
    {
      code: 'IST0101',
      aliases: ['KIA1107'],
      level: 'error',
      title: 'Reference to something that does not exist',
      message:
        'VirtualService shop/reviews sends requests to the subset v3 of reviews.shop.svc.cluster.local, which no DestinationRule defines',
      object: {
        cluster: 'east',
        kind: 'networking.istio.io/VirtualService',
        namespace: 'shop',
        name: 'reviews',
      },
      field: 'spec.http[1].route[2].destination.subset',
      docs: 'https://istio.io/latest/docs/reference/config/analysis/ist0101/',
    },
    {
      code: 'MESH-L003',
      aliases: [],
      level: 'warning',
      title: 'Plaintext is accepted from anybody',
      message:
        'Namespace reviews sets the default inbound policy all-unauthenticated',
      object: { cluster: 'west', kind: 'Namespace', name: 'reviews' },
      field: 'metadata.annotations.config.linkerd.io/default-inbound-policy',
      docs: 'https://linkerd.io/2/reference/authorization-policy/',
    },
  ],
  suppressed: [
    {
      finding: {
        code: 'IST0118',
        aliases: [],
        level: 'info',
        title: 'Port name does not say the protocol',
        message:
          'Port 9090 of Service reviews has a name that does not say its protocol',
        object: {
          cluster: 'east',
          kind: 'Service',
          namespace: 'shop',
          name: 'reviews',
        },
        field: 'spec.ports[1].name',
        docs: 'https://istio.io/latest/docs/reference/config/analysis/ist0118/',
      },
      reason:
        'The object has the annotation galley.istio.io/analyze-suppress: IST0118',
    },
  ],
  skipped: [
    {
      code: 'IST0128',
      cluster: 'west',
      message: 'DestinationRule is not served by the cluster',
    },
  ],
};
