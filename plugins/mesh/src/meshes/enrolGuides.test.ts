import { enrolGuides, meshTitle } from './enrolGuides';

const deployment = {
  cluster: 'east',
  namespace: 'legacy',
  kind: 'Deployment',
  name: 'importer',
};

describe('enrolGuides', () => {
  it('gives the ways into the mesh that is asked for', () => {
    expect(enrolGuides(deployment, 'linkerd')).toEqual([
      {
        mesh: 'linkerd',
        way: 'sidecar',
        restart: true,
        change: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'importer', namespace: 'legacy' },
          spec: {
            template: {
              metadata: { annotations: { 'linkerd.io/inject': 'enabled' } },
            },
          },
        },
      },
    ]);
  });

  it('gives all ways where no mesh is asked for', () => {
    expect(
      enrolGuides(deployment).map(({ mesh, way }) => `${mesh} ${way}`),
    ).toEqual(['istio sidecar', 'istio ambient', 'linkerd sidecar']);
  });

  it('changes the namespace of pods that come from no template that people write', () => {
    const [sidecar] = enrolGuides({ ...deployment, kind: 'Pod' }, 'istio');
    expect(sidecar.change).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'legacy', labels: { 'istio-injection': 'enabled' } },
    });
  });

  it('has none for a mesh that it does not know', () => {
    expect(enrolGuides(deployment, 'other')).toEqual([]);
    expect(meshTitle('other')).toBe('other');
    expect(meshTitle('istio')).toBe('Istio');
  });
});
