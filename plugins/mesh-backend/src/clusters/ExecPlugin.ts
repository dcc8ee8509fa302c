import { execFile } from 'node:child_process';
import { RequestOptions } from 'node:https';
import { basename, resolve } from 'node:path';
import { Cluster } from '@kubernetes/client-node';
import { z } from 'zod';
import { jsonOrUndefined } from './apiErrors';
import { withoutAddresses } from './withoutAddresses';

export interface ExecPluginOptions {
  /** The `exec` of the user in the kubeconfig. */
  exec: unknown;
  user: string;
  cluster: Cluster;
  /** Relative commands are relative to the folder of the kubeconfig. */
  folder: string;
  timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;
/** A credential is not used in its last seconds: a request takes some time, too. */
const MARGIN_MS = 10_000;
const MAX_MESSAGE = 200;

const execSchema = z.object({
  apiVersion: z.string().default('client.authentication.k8s.io/v1'),
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  provideClusterInfo: z.boolean().nullish(),
});

const credentialSchema = z.object({
  kind: z.literal('ExecCredential'),
  status: z.object({
    token: z.string().min(1).optional(),
    clientCertificateData: z.string().min(1).optional(),
    clientKeyData: z.string().min(1).optional(),
    expirationTimestamp: z.string().optional(),
  }),
});

type Credential = z.infer<typeof credentialSchema>['status'];

/**
 * A program that a kubeconfig names to get credentials from, run as client-go runs it: told about the
 * request in KUBERNETES_EXEC_INFO, without a terminal, and its credential is used until it expires. The
 * library's own way to run it waits forever for a program that asks something, and tells it nothing.
 */
export class ExecPlugin {
  readonly #options: ExecPluginOptions;
  #credential: Credential | undefined;

  static create(options: ExecPluginOptions): ExecPlugin {
    return new ExecPlugin(options);
  }

  private constructor(options: ExecPluginOptions) {
    this.#options = options;
  }

  /** It stands in a configuration for one user. */
  isAuthProvider(): boolean {
    return true;
  }

  async applyAuthentication(
    _user: unknown,
    options: Pick<RequestOptions, 'headers' | 'cert' | 'key'>,
  ): Promise<void> {
    if (!this.#credential || isExpired(this.#credential)) {
      this.#credential = await this.#run();
    }
    const { token, clientCertificateData, clientKeyData } = this.#credential;
    if (token) {
      options.headers = {
        ...options.headers,
        Authorization: `Bearer ${token}`,
      };
    }
    if (clientCertificateData && clientKeyData) {
      options.cert = clientCertificateData;
      options.key = clientKeyData;
    }
  }

  async #run(): Promise<Credential> {
    const exec = execSchema.safeParse(this.#options.exec);
    if (!exec.success) {
      throw new Error(
        `The exec of user ${
          this.#options.user
        } in the kubeconfig has no usable command, args or env`,
      );
    }
    const { command, args, env } = exec.data;
    const output = await this.#outputOf(
      command.includes('/') ? resolve(this.#options.folder, command) : command,
      args ?? [],
      {
        ...process.env,
        KUBERNETES_EXEC_INFO: this.#info(exec.data),
        ...Object.fromEntries(
          (env ?? []).map(({ name, value }) => [name, value]),
        ),
      },
    );
    const credential = credentialSchema.safeParse(jsonOrUndefined(output));
    if (!credential.success) {
      throw this.#failure(command, 'its output is not an ExecCredential');
    }
    return credential.data.status;
  }

  #outputOf(
    command: string,
    args: string[],
    env: NodeJS.ProcessEnv,
  ): Promise<string> {
    const { timeoutMs = TIMEOUT_MS } = this.#options;
    return new Promise((done, failed) => {
      const child = execFile(
        command,
        args,
        { env, timeout: timeoutMs, killSignal: 'SIGKILL' },
        (error, stdout, stderr) => {
          if (!error) {
            done(stdout);
          } else if (error.killed) {
            failed(
              this.#failure(command, `no answer within ${timeoutMs / 1000} s`),
            );
          } else {
            failed(
              this.#failure(
                command,
                typeof error.code === 'number'
                  ? `it ended with exit code ${error.code}${said(stderr)}`
                  : `it cannot be run (${error.code ?? error.signal})`,
              ),
            );
          }
        },
      );
      // It must not wait for somebody to type something.
      child.stdin?.on('error', () => child.stdin?.destroy()).end();
    });
  }

  #info({
    apiVersion,
    provideClusterInfo,
  }: z.infer<typeof execSchema>): string {
    const { cluster } = this.#options;
    return JSON.stringify({
      apiVersion,
      kind: 'ExecCredential',
      spec: {
        interactive: false,
        ...(provideClusterInfo && {
          cluster: {
            server: cluster.server,
            'tls-server-name': cluster.tlsServerName,
            'insecure-skip-tls-verify': cluster.skipTLSVerify || undefined,
            'certificate-authority-data': cluster.caData,
            'proxy-url': cluster.proxyUrl,
          },
        }),
      },
    });
  }

  #failure(command: string, reason: string): Error {
    return new Error(
      `The exec plugin ${basename(command)} of user ${
        this.#options.user
      } gave no credentials: ${reason}`,
    );
  }
}

/** A credential without a time is used until the cluster refuses it. */
function isExpired({ expirationTimestamp }: Credential): boolean {
  return (
    expirationTimestamp !== undefined &&
    !(Date.parse(expirationTimestamp) - MARGIN_MS > Date.now())
  );
}

/** The first line of what a program has complained about. */
function said(stderr: string): string {
  const [line = ''] = stderr.trim().split('\n');
  return line ? `: ${withoutAddresses(line.slice(0, MAX_MESSAGE))}` : '';
}
