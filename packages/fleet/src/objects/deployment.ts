import { App } from '../layout';
import { FleetManifest } from '../manifest';
import { Random } from '../random';
import { serverMetadata } from './metadata';

/** The Deployment of an application with one version. */
export function deploymentOf(app: App, random: Random): FleetManifest {
  const { namespace, name, port } = app;
  const labels = { app: name, version: 'v1' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: `${name}-v1`,
      namespace,
      ...serverMetadata(random),
      generation: 1 + random.below(9),
      labels: { ...labels, 'app.kubernetes.io/managed-by': 'Helm' },
    },
    spec: {
      replicas: 10,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          containers: [
            {
              name,
              image: `registry.example.com/${namespace}/${name}:v1`,
              ports: [
                { name: 'http', containerPort: port, protocol: 'TCP' },
                { name: 'http-metrics', containerPort: 9090, protocol: 'TCP' },
              ],
            },
          ],
        },
      },
    },
    status: { replicas: 10, readyReplicas: 10, availableReplicas: 10 },
  };
}
