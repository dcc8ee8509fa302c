import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

/*
 * A small backend for work on this plugin: `yarn start` in this folder. It reads the clusters of the app-config
 * of the repository, by the Kubernetes plugin, and lets everybody in. For the entity below:
 *
 *   curl http://localhost:7007/api/mesh/entities/component/default/reviews/mtls
 *   curl http://localhost:7007/api/mesh/fleet/clusters
 *
 * As nobody, and as a service:
 *
 *   curl http://localhost:7007/api/mesh/fleet/clusters -H 'Authorization: Bearer mock-none-token'
 *   curl http://localhost:7007/api/mesh/fleet/clusters -H 'Authorization: Bearer mock-service-token'
 */
const backend = createBackend();

backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(
  catalogServiceMock.factory({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'reviews',
          annotations: { 'backstage.io/kubernetes-id': 'reviews' },
        },
        spec: { type: 'service', lifecycle: 'production', owner: 'shop' },
      },
    ],
  }),
);
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('../src'));

backend.start();
