import { MeshPresentation, podMetadata } from './presentation';

export const linkerd: MeshPresentation = {
  id: 'linkerd',
  title: 'Linkerd',
  guides: workload => [
    {
      way: 'sidecar',
      restart: true,
      change: podMetadata(
        workload,
        { annotations: { 'linkerd.io/inject': 'enabled' } },
        { annotations: { 'linkerd.io/inject': 'enabled' } },
      ),
    },
  ],
};
