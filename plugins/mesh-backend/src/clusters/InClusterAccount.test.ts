import { mkdir } from 'node:fs/promises';
import { KubeconfigFolder } from '../__testUtils__/KubeconfigFolder';
import { InClusterAccount } from './InClusterAccount';

const ACCOUNT = 'var/run/secrets/kubernetes.io/serviceaccount';

describe('InClusterAccount', () => {
  let folder: KubeconfigFolder;

  beforeEach(async () => {
    folder = await KubeconfigFolder.create();
  });

  afterEach(() => folder.remove());

  function account(environment: NodeJS.ProcessEnv): InClusterAccount {
    return InClusterAccount.create({
      name: 'home',
      root: folder.path(''),
      environment,
    });
  }

  const inPod = { KUBERNETES_SERVICE_HOST: '10.0.0.1' };

  it('is the account of the pod', async () => {
    await mkdir(folder.path(ACCOUNT), { recursive: true });
    await folder.writeText(`${ACCOUNT}/token`, 't0ken');
    const home = account(inPod);
    expect(await home.names()).toEqual(['home']);
    const { config } = await home.open();
    expect(config.getCurrentCluster()?.caFile).toBe(
      folder.path(`/${ACCOUNT}/ca.crt`),
    );
    expect(config.getCurrentUser()?.authProvider?.config?.tokenFile).toBe(
      folder.path(`/${ACCOUNT}/token`),
    );
  });

  it('says that the backend does not run in a pod', async () => {
    await expect(account({}).open()).rejects.toThrow(
      'mesh.clusters.source is in-cluster, but the backend does not run in a pod: KUBERNETES_SERVICE_HOST is not set',
    );
  });

  it('says that the pod has no token', async () => {
    await expect(account(inPod).open()).rejects.toThrow(
      'the pod has no token of a service account: ENOENT',
    );
  });
});
