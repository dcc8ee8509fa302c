import {
  MeshPresentation,
  namespaceMetadata,
  podMetadata,
} from './presentation';

export const istio: MeshPresentation = {
  id: 'istio',
  title: 'Istio',
  guides: workload => [
    {
      way: 'sidecar',
      restart: true,
      change: podMetadata(
        workload,
        { labels: { 'sidecar.istio.io/inject': 'true' } },
        { labels: { 'istio-injection': 'enabled' } },
      ),
    },
    {
      way: 'ambient',
      restart: false,
      change: namespaceMetadata(workload, {
        labels: { 'istio.io/dataplane-mode': 'ambient' },
      }),
    },
  ],
};
