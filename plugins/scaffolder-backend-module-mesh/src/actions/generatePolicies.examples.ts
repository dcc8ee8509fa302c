import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

function example(description: string, input: object): TemplateExample {
  return {
    description,
    example: stringify({
      steps: [
        {
          id: 'policies',
          name: 'Write the policies',
          action: 'mesh:policy:generate',
          input,
        },
      ],
    }),
  };
}

export const examples: TemplateExample[] = [
  example('A service that one entity calls, whose pods run already', {
    name: 'cart',
    cluster: 'east',
    namespace: 'shop',
    port: 8080,
    callers: [{ entityRef: 'component:default/storefront' }],
  }),
  example(
    'Timeout, retries and a circuit breaker, and an entity for the catalog',
    {
      name: 'cart',
      cluster: 'east',
      namespace: 'shop',
      port: 8080,
      owner: 'group:default/shop-team',
      probes: ['/healthz'],
      resilience: {
        timeout: '3s',
        retries: { attempts: 2, perTryTimeout: '1s', idempotent: true },
        circuitBreaker: { consecutiveErrors: 5 },
      },
    },
  ),
  example('A caller without pods yet, whose service account is given', {
    name: 'tally',
    cluster: 'west',
    namespace: 'emojipoll',
    port: 8080,
    protocol: 'grpc',
    callers: [
      {
        entityRef: 'component:default/kiosk',
        namespace: 'emojipoll',
        serviceAccount: 'kiosk',
      },
    ],
  }),
];
