interface Manifest {
  kind?: string;
  metadata?: {
    name?: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec?: {
    template?: { metadata?: object; spec?: { containers?: object[] } };
  };
}

/**
 * Cases about Services give Deployments and pods without a name: they are those behind the Service. The pods have the
 * containers of the Deployment, and a proxy where their annotation says so.
 */
export function withNames(objects: readonly object[]): object[] {
  const manifests: Manifest[] = [...objects];
  const namespace = manifests.find(({ kind }) => kind === 'Service')?.metadata
    ?.namespace;
  const containers =
    manifests.find(({ kind }) => kind === 'Deployment')?.spec?.template?.spec
      ?.containers ?? [];
  return manifests.map(manifest => {
    const { kind, metadata, spec } = manifest;
    if (metadata?.name || (kind !== 'Deployment' && kind !== 'Pod')) {
      return manifest;
    }
    const named = { ...metadata, name: 'unnamed', namespace };
    return kind === 'Deployment'
      ? {
          ...manifest,
          metadata: named,
          spec: {
            ...spec,
            template: {
              ...spec?.template,
              metadata: { labels: metadata?.labels },
              spec: { containers: containers.map(withName) },
            },
          },
        }
      : {
          ...manifest,
          metadata: named,
          spec: {
            containers: [
              ...containers.map(withName),
              ...(metadata?.annotations?.['sidecar.istio.io/status']
                ? [{ name: 'istio-proxy' }]
                : []),
            ],
          },
        };
  });
}

function withName(container: object, index: number): object {
  return { name: `app-${index}`, ...container };
}
