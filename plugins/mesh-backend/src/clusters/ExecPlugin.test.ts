import { execOf, KubeconfigFolder } from '../__testUtils__/KubeconfigFolder';
import { ExecPlugin } from './ExecPlugin';

const CLUSTER = {
  name: 'prod',
  server: 'https://prod.example.com',
  skipTLSVerify: false,
};

describe('ExecPlugin', () => {
  let folder: KubeconfigFolder;

  beforeEach(async () => {
    folder = await KubeconfigFolder.create();
  });

  afterEach(() => folder.remove());

  function plugin(exec: unknown, timeoutMs?: number): ExecPlugin {
    return ExecPlugin.create({
      exec,
      user: 'me',
      cluster: CLUSTER,
      folder: folder.path('.'),
      timeoutMs,
    });
  }

  async function apply(one: ExecPlugin) {
    const options: Parameters<ExecPlugin['applyAuthentication']>[1] = {};
    await one.applyAuthentication(undefined, options);
    return options;
  }

  it('gives the token and the certificate that the program writes', async () => {
    const { exec } = await folder.plugin({
      token: 't0ken',
      clientCertificateData: 'CERT',
      clientKeyData: 'KEY',
    });
    expect(await apply(plugin(exec))).toEqual({
      headers: { Authorization: 'Bearer t0ken' },
      cert: 'CERT',
      key: 'KEY',
    });
  });

  it.each<[string, string | undefined, number]>([
    ['a credential without a time', undefined, 1],
    ['one that is valid', '2999-01-01T00:00:00Z', 1],
    ['one that has expired', '2020-01-01T00:00:00Z', 2],
    ['a time that is none', 'tomorrow', 2],
  ])('uses %s as long as it may', async (_, expirationTimestamp, runs) => {
    const { exec } = await folder.plugin({ token: 't', expirationTimestamp });
    const one = plugin(exec);
    await apply(one);
    await apply(one);
    expect(await folder.pluginRuns()).toBe(runs);
  });

  it('tells the program about the request, and gives it its own variables', async () => {
    const told = folder.path('told');
    const { exec } = execOf(
      `const { KUBERNETES_EXEC_INFO, MINE } = process.env;
       require('node:fs').writeFileSync(${JSON.stringify(told)}, MINE);
       const { apiVersion, spec } = JSON.parse(KUBERNETES_EXEC_INFO);
       console.log(JSON.stringify({ kind: 'ExecCredential', status: {
         token: [apiVersion, spec.interactive, spec.cluster.server].join() } }));`,
    );
    expect(
      await apply(
        plugin({
          ...Object(exec),
          provideClusterInfo: true,
          env: [{ name: 'MINE', value: 'yes' }],
        }),
      ),
    ).toEqual({
      headers: {
        Authorization:
          'Bearer client.authentication.k8s.io/v1,false,https://prod.example.com',
      },
    });
  });

  it.each<[string, unknown, string]>([
    [
      'is not installed',
      { command: 'no-such-plugin' },
      'The exec plugin no-such-plugin of user me gave no credentials: it cannot be run (ENOENT)',
    ],
    [
      'fails',
      execOf(
        `console.error('Log in at https://login.example.com/?code=s3cret first\\nmore'); process.exit(3)`,
      ).exec,
      'gave no credentials: it ended with exit code 3: Log in at … first',
    ],
    [
      'writes something else',
      execOf(`console.log('Welcome')`).exec,
      'its output is not an ExecCredential',
    ],
    [
      'waits for input',
      execOf(
        `process.stdin.on('end', () => process.exit(4)); process.stdin.resume()`,
      ).exec,
      'it ended with exit code 4',
    ],
    [
      'has no command',
      { command: '' },
      'The exec of user me in the kubeconfig has no usable command, args or env',
    ],
  ])('says of a program that %s', async (_, exec, message) => {
    const error = await apply(plugin(exec)).catch(String);
    expect(error).toContain(message);
    expect(error).not.toContain('s3cret');
  });

  it('does not wait forever', async () => {
    const { exec } = execOf('setInterval(() => {}, 1000)');
    await expect(apply(plugin(exec, 200))).rejects.toThrow(
      'no answer within 0.2 s',
    );
  });
});
