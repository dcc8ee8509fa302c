import { App } from '../layout';
import { FleetManifest } from '../manifest';
import { Random } from '../random';
import { serverMetadata } from './metadata';

/** The Service of an application: HTTP, and the port that its metrics are read at. */
export function serviceOf(app: App, random: Random): FleetManifest {
  const { namespace, name, port, index } = app;
  const address = addressOf(96, index);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace,
      ...serverMetadata(random),
      labels: {
        app: name,
        'app.kubernetes.io/name': name,
        'app.kubernetes.io/part-of': namespace,
        'app.kubernetes.io/managed-by': 'Helm',
      },
      annotations: {
        'meta.helm.sh/release-name': name,
        'meta.helm.sh/release-namespace': namespace,
      },
    },
    spec: {
      type: 'ClusterIP',
      clusterIP: address,
      clusterIPs: [address],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      sessionAffinity: 'None',
      selector: { app: name },
      ports: [
        { name: 'http', port: 80, targetPort: port, protocol: 'TCP' },
        {
          name: 'http-metrics',
          port: 9090,
          targetPort: 9090,
          protocol: 'TCP',
        },
      ],
    },
    status: { loadBalancer: {} },
  };
}

/** An address of a private network of 2^16 addresses and more. */
export function addressOf(second: number, index: number): string {
  const third = Math.floor(index / 250);
  return `10.${second + Math.floor(third / 250)}.${third % 250}.${
    (index % 250) + 2
  }`;
}
