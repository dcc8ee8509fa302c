import { clusterOf } from '../__testUtils__/cluster';
import { meshSettings } from './__testUtils__/istio';
import { meshConfig, MeshConfigRead, settingReason } from './meshConfig';

function outcome(read: MeshConfigRead) {
  return read.state === 'read'
    ? read.config
    : { cause: read.answer.cause, text: read.answer.reasons[0].text };
}

describe('meshConfig', () => {
  it('reads what is written, and takes Istio’s defaults for the rest', () => {
    const snapshot = clusterOf(
      meshSettings(
        'trustDomain: td.example\nenableAutoMtls: false\nconnectTimeout: 3s',
      ),
    );
    const read = meshConfig(snapshot);
    expect(outcome(read)).toMatchObject({
      rootNamespace: 'istio-system',
      trustDomain: 'td.example',
      enableAutoMtls: false,
      connectTimeoutMs: 3_000,
      defaultVirtualServiceExportTo: ['*'],
      outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
    });
  });

  it('names the ConfigMap and the setting', () => {
    const snapshot = clusterOf(meshSettings());
    const read = meshConfig(snapshot);
    expect(
      read.state === 'read' &&
        settingReason(snapshot, read.config, 'enableAutoMtls', 'x'),
    ).toMatchObject({
      object: { kind: 'ConfigMap', namespace: 'istio-system', name: 'istio' },
      field: 'data.mesh enableAutoMtls',
    });
  });

  it('assumes the defaults over files without settings, and knows nothing of a cluster without', () => {
    expect(
      outcome(meshConfig(clusterOf('', { origin: 'files' }))),
    ).toMatchObject({
      rootNamespace: 'istio-system',
      enableAutoMtls: true,
    });
    expect(outcome(meshConfig(clusterOf('')))).toMatchObject({
      cause: 'absent',
      text: expect.stringContaining('ConfigMap istio'),
    });
  });

  it.each([
    ['YAML that is none', '{', 'data.mesh'],
    ['a setting of the wrong type', 'enableAutoMtls: "yes"', 'enableAutoMtls'],
    ['a duration that is none', 'connectTimeout: soon', 'connectTimeout: soon'],
    ['a list instead of settings', '- a', 'mesh'],
  ])('names %s', (_, mesh, part) => {
    const yaml = `
apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data: { mesh: ${JSON.stringify(mesh)} }
`;
    const read = meshConfig(clusterOf(yaml));
    expect(read).toMatchObject({
      state: 'unknown',
      answer: {
        cause: 'malformed',
        reasons: [{ object: { name: 'istio' }, field: 'data.mesh' }],
      },
    });
    expect(JSON.stringify(read)).toContain(part);
  });

  it('names a ConfigMap that is none', () => {
    expect(
      outcome(
        meshConfig(
          clusterOf(
            '{ apiVersion: v1, kind: ConfigMap, metadata: { name: istio, namespace: istio-system }, data: x }',
          ),
        ),
      ),
    ).toMatchObject({
      cause: 'malformed',
      text: expect.stringContaining('istio-system/istio'),
    });
  });

  it('says why it may not be read', () => {
    expect(
      outcome(
        meshConfig(clusterOf(meshSettings(), { forbidden: ['ConfigMap'] })),
      ),
    ).toEqual({
      cause: 'forbidden',
      text: 'ConfigMap is forbidden',
    });
  });

  it('takes the settings of the revision that is asked for', () => {
    const snapshot = clusterOf(
      meshSettings('trustDomain: old') +
        meshSettings('trustDomain: new', 'istio-canary'),
    );
    expect(outcome(meshConfig(snapshot, 'canary'))).toMatchObject({
      trustDomain: 'new',
    });
    expect(outcome(meshConfig(snapshot, 'default'))).toMatchObject({
      trustDomain: 'old',
    });
    expect(outcome(meshConfig(snapshot))).toMatchObject({
      cause: 'not-modelled',
      text: expect.stringContaining('canary, default'),
    });
  });

  it('needs no revision where all agree', () => {
    const snapshot = clusterOf(
      meshSettings() + meshSettings('', 'istio-canary'),
    );
    expect(outcome(meshConfig(snapshot))).toMatchObject({
      trustDomain: 'cluster.local',
    });
  });
});
