import { KubeconfigFolder } from '../__testUtils__/KubeconfigFolder';
import { KubeconfigFile } from './KubeconfigFile';

const kept = { fresh: false };

describe('KubeconfigFile', () => {
  let folder: KubeconfigFolder;

  beforeEach(async () => {
    folder = await KubeconfigFolder.create();
    await folder.write(
      {
        east: { server: 'https://east.example.com', user: { token: 'e' } },
        west: { server: 'https://west.example.com', user: { token: 'w' } },
      },
      'west',
    );
  });

  afterEach(() => folder.remove());

  function open(contexts?: string[]): KubeconfigFile {
    return KubeconfigFile.create({ file: folder.file, contexts });
  }

  it('names the contexts that are asked for, else the current one', async () => {
    expect(await open(['east', 'nowhere']).names()).toEqual([
      'east',
      'nowhere',
    ]);
    expect(await open().names()).toEqual(['west']);
  });

  it('opens a context with its own cluster and user, and no other', async () => {
    const { config, account } = await open().open('east', kept);
    expect(config.getCurrentCluster()?.server).toBe('https://east.example.com');
    expect(config.getCurrentUser()?.token).toBe('e');
    expect(config.getUsers()).toHaveLength(1);
    expect(account).toBe(`user east of the kubeconfig ${folder.file}`);
  });

  it('keeps what is open as long as the file is the same, unless it must be new', async () => {
    const source = open();
    const first = await source.open('east', kept);
    expect(await source.open('east', kept)).toBe(first);
    expect(await source.open('east', { fresh: true })).not.toBe(first);
    await folder.write({
      east: { server: 'https://east.example.com', user: { token: 'new' } },
    });
    const { config } = await source.open('east', kept);
    expect(config.getCurrentUser()?.token).toBe('new');
  });

  it('reads the token of each user from its own file', async () => {
    await folder.writeText('e.token', 'from-e\n');
    await folder.writeText('w.token', 'from-w\n');
    await folder.write({
      east: {
        server: 'https://east.example.com',
        user: { token: 'old', tokenFile: 'e.token' },
      },
      west: {
        server: 'https://west.example.com',
        user: { tokenFile: folder.path('w.token') },
      },
    });
    const source = open();
    const tokens = [];
    for (const name of ['east', 'west', 'east']) {
      const { config } = await source.open(name, kept);
      const options: { headers?: { Authorization?: string } } = {};
      await config.applyToHTTPSOptions(options);
      tokens.push(options.headers?.Authorization?.trim());
    }
    expect(tokens).toEqual(['Bearer from-e', 'Bearer from-w', 'Bearer from-e']);
  });

  const east = { name: 'east', context: { cluster: 'east', user: 'east' } };
  const cluster = { name: 'east', cluster: { server: 'https://e' } };
  it.each<[string, string | object, string]>([
    [
      'an empty file',
      '',
      'is not a kubeconfig: it needs clusters and contexts',
    ],
    ['another file', { spec: 1 }, 'is not a kubeconfig'],
    [
      'text that is not YAML',
      'users:\n- name: [s3cret\nclusters: {',
      'is not YAML: ',
    ],
    [
      'another context',
      { clusters: [cluster], contexts: [{ ...east, name: 'other' }] },
      'has no context east; it has other',
    ],
    [
      'a context without its cluster',
      { clusters: [{ name: 'east' }], contexts: [east], users: [] },
      'names the cluster east, of which the file has no usable entry',
    ],
    [
      'a context without its user',
      { clusters: [cluster], contexts: [east] },
      'names the user east, of which the file has no usable entry',
    ],
  ])('says what is wrong with %s', async (_, content, message) => {
    await folder.writeText(
      'config',
      typeof content === 'string' ? content : JSON.stringify(content),
    );
    const error = await open().open('east', kept).catch(String);
    expect(error).toContain(message);
    expect(error).toContain(folder.file);
    expect(error).not.toContain('s3cret');
  });

  it('says that there is no file, and no current context', async () => {
    await folder.write({ east: { server: 'https://e' } });
    await expect(open().names()).rejects.toThrow(
      'has no current-context; name the contexts to read in mesh.clusters.contexts',
    );
    await folder.remove();
    await expect(open(['east']).open('east', kept)).rejects.toThrow(
      `The kubeconfig ${folder.file} cannot be read: ENOENT`,
    );
  });
});
