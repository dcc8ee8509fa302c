import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { KubeconfigFolder } from '../__testUtils__/KubeconfigFolder';
import { component } from '../__testUtils__/shop';
import { StartedMesh } from '../__testUtils__/startMesh';
import { meshPlugin } from '../plugin';
import { describeWith } from './__testUtils__/assets';
import { ApiObject, ControlPlane } from './__testUtils__/ControlPlane';
import {
  CUSTOM_KINDS,
  definitionOf,
  meshConfig,
  meshedService,
} from './__testUtils__/manifests';

jest.setTimeout(120_000);

const RBAC = parseAllDocuments(
  readFileSync(resolve(__dirname, '../../deploy/rbac.yaml'), 'utf8'),
).map(document => document.toJS() as ApiObject & { rules?: Rule[] });

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

const PEER_AUTHENTICATION = 'security.istio.io/PeerAuthentication';

function peerAuthentication(mode: string): ApiObject {
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'default', namespace: 'shop' },
    spec: { mtls: { mode } },
  };
}

/** The cluster role without the right to read one resource. */
function roleWithout(resource: string): ApiObject {
  const role = RBAC.find(({ kind }) => kind === 'ClusterRole');
  if (!role?.rules) {
    throw new Error('rbac.yaml has no ClusterRole');
  }
  return {
    ...role,
    rules: role.rules.map(rule => ({
      ...rule,
      resources: rule.resources.filter(one => one !== resource),
    })),
  };
}

describeWith('etcd', 'kube-apiserver')('a real cluster', () => {
  let cluster: ControlPlane;
  let folder: KubeconfigFolder;
  let mesh: StartedMesh;

  beforeAll(async () => {
    cluster = await ControlPlane.start();
    await cluster.apply(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'backstage' } },
      ...RBAC,
      ...CUSTOM_KINDS.map(definitionOf),
      ...meshConfig(),
      ...meshedService('reviews', 'shop'),
      peerAuthentication('PERMISSIVE'),
    );
    folder = await KubeconfigFolder.create();
    await folder.write({
      live: {
        server: cluster.url,
        cluster: {
          'certificate-authority': cluster.caFile,
          'insecure-skip-tls-verify': false,
        },
        user: { token: await cluster.tokenOf('backstage', 'backstage-mesh') },
      },
    });
    mesh = await StartedMesh.start({
      entities: [component('reviews')],
      kubernetes: false,
      plugin: meshPlugin,
      mesh: {
        clusters: {
          source: 'kubeconfig',
          file: folder.file,
          contexts: ['live'],
        },
        // A right that was revoked shows when the watch is renewed.
        mirror: {
          watchTimeout: '2s',
          recheckInterval: '1s',
          probeInterval: '1s',
        },
      },
    });
    await mesh.untilClusters({ live: 'synced' });
  });

  afterAll(async () => {
    await mesh?.stop();
    await folder?.remove();
    await cluster?.stop();
  });

  async function mtls() {
    const answer = await mesh.body(
      'reader',
      '/entities/component/default/reviews/mtls',
    );
    const [state] = answer.clusters;
    return {
      status: state.status as string,
      unread: state.unread as {
        kind: string;
        cause: string;
        message: string;
      }[],
      accepts: answer.workloads[0]?.ports[0]?.accepts,
    };
  }

  const untilTerm = (term: string) =>
    mesh.until(mtls, ({ accepts }) => accepts?.term === term);

  const causeOf = (unread: { kind: string; cause: string }[]) =>
    unread.find(({ kind }) => kind === PEER_AUTHENTICATION)?.cause;

  it('is read whole with the rights of rbac.yaml', async () => {
    const { status, unread, accepts } = await mtls();
    expect({ status, unread }).toEqual({ status: 'synced', unread: [] });
    expect(accepts.term).toBe('PERMISSIVE');
    const { clusters } = await mesh.body('admin', '/fleet/clusters');
    expect(clusters[0].kubernetesVersion).toMatch(/^v1\./);
  });

  it('is followed as it changes', async () => {
    await cluster.apply(peerAuthentication('STRICT'));
    const { accepts } = await untilTerm('STRICT');
    expect(accepts).toMatchObject({
      value: 'mtls-only',
      reasons: [
        {
          object: {
            cluster: 'live',
            kind: PEER_AUTHENTICATION,
            namespace: 'shop',
            name: 'default',
          },
        },
      ],
    });
    await cluster.delete(peerAuthentication('STRICT'));
    await untilTerm('PERMISSIVE');
  });

  it('says which right is lost, and goes on when it is regained', async () => {
    await cluster.apply(peerAuthentication('STRICT'));
    await untilTerm('STRICT');
    await cluster.apply(roleWithout('peerauthentications'));
    const { unread, accepts } = await mesh.until(
      mtls,
      answer => causeOf(answer.unread) === 'forbidden',
    );
    expect(accepts).toMatchObject({ value: 'unknown', cause: 'forbidden' });
    expect(
      unread.find(({ kind }) => kind === PEER_AUTHENTICATION)?.message,
    ).toContain(
      '{"apiGroups":["security.istio.io"],"resources":["peerauthentications"],"verbs":["get","list","watch"]}',
    );
    await cluster.apply(...RBAC);
    await untilTerm('STRICT');
  });

  it('is followed as a CustomResourceDefinition goes and comes', async () => {
    await cluster.delete(definitionOf(PEER_AUTHENTICATION));
    const { accepts } = await mesh.until(
      mtls,
      answer => causeOf(answer.unread) === 'absent',
    );
    expect(accepts.term).toBe('PERMISSIVE');
    await cluster.apply(definitionOf(PEER_AUTHENTICATION));
    await cluster.apply(peerAuthentication('STRICT'));
    await untilTerm('STRICT');
    expect((await mtls()).unread).toEqual([]);
  });
});
