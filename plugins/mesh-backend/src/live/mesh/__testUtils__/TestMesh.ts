import { LoggerService } from '@backstage/backend-plugin-api';
import { MeshSnapshot } from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Kubectl } from './Kubectl';
import { baseObjects, canary, CLIENT_PROGRAM } from './manifests';
import {
  CANARY_GATEWAY_PORT,
  CANARY_HOST,
  MESHED_PODS,
  NAMESPACES,
  PodName,
  PODS,
} from './places';
import { readMirror } from './readMirror';
import { Received, receivedSchema, SentRequest } from './sending';
import { TestObject } from './situation';

const podSchema = z.object({
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  status: z.object({ podIP: z.string().optional() }),
});

const logLineSchema = z.object({
  id: z.string(),
  path: z.string(),
  authority: z.string(),
});

export type LogLine = z.infer<typeof logLineSchema> & { pod: PodName };

const READY_TIMEOUT = '180s';
const PATIENCE_SECONDS = 60;

export interface TestMeshOptions {
  kubeconfig: string;
  image: string;
  revision?: string;
  logger: LoggerService;
}

/** The namespaces, pods and gateways of the test in a cluster with Istio. */
export class TestMesh {
  readonly #options: TestMeshOptions;
  readonly #kubectl: Kubectl;
  readonly #addresses = new Map<string, string>();
  #generation = 0;
  readonly hasGatewayApi: boolean;

  /** Makes them, and waits until they are ready. */
  static async start(options: TestMeshOptions): Promise<TestMesh> {
    const kubectl = Kubectl.create(options.kubeconfig);
    await refuseForeign(kubectl);
    const kinds = await kubectl.run(['api-resources', '-o', 'name']);
    const gatewayApi = kinds.includes('gateways.gateway.networking.k8s.io');
    const mesh = new TestMesh(options, kubectl, gatewayApi);
    try {
      await mesh.#make();
    } catch (error) {
      await mesh.stop();
      throw error;
    }
    return mesh;
  }

  private constructor(
    options: TestMeshOptions,
    kubectl: Kubectl,
    gatewayApi: boolean,
  ) {
    this.#options = options;
    this.#kubectl = kubectl;
    this.hasGatewayApi = gatewayApi;
  }

  /** `ip-NAME` for each pod. */
  get addresses(): Record<string, string> {
    return Object.fromEntries(
      [...this.#addresses].map(([name, address]) => [`ip-${name}`, address]),
    );
  }

  address(pod: string): string {
    const address = this.#addresses.get(pod);
    if (!address) {
      throw new Error(`There is no pod ${pod} in the test`);
    }
    return address;
  }

  async apply(objects: readonly TestObject[]): Promise<void> {
    await this.#kubectl.apply(objects);
  }

  async remove(objects: readonly TestObject[]): Promise<void> {
    await this.#kubectl.delete(objects);
  }

  /** Resolves when every proxy has what was written until now. */
  async settled(): Promise<void> {
    const generation = `generation ${++this.#generation}`;
    await this.#kubectl.apply([canary(generation, this.hasGatewayApi)]);
    const ask = (address: string, port: number): SentRequest => ({
      address,
      port,
      method: 'GET',
      path: '/',
      headers: [['Host', CANARY_HOST]],
      timeout: 2,
      until: generation,
      patience: PATIENCE_SECONDS,
    });
    const gateways = [...this.#addresses].filter(([name]) => isGateway(name));
    const answers = await Promise.all([
      // Any address will do: the sidecar takes what goes to this port.
      ...MESHED_PODS.map(pod => this.send(pod, [ask('192.0.2.1', 80)])),
      this.send(
        'plain',
        gateways.map(([, address]) => ask(address, CANARY_GATEWAY_PORT)),
      ),
    ]);
    const missing = answers.flat().find(({ body }) => body !== generation);
    if (missing) {
      throw new Error(
        `A proxy has not got ${generation} within ${PATIENCE_SECONDS} s: ${
          missing.error ?? `${missing.status} ${missing.body}`
        }`,
      );
    }
  }

  /** Sends requests from a pod; what came back is in their order. */
  async send(
    from: PodName,
    requests: readonly SentRequest[],
  ): Promise<Received[]> {
    const text = await this.#kubectl.run(
      [
        ...['exec', '-i', '-n', PODS[from], from, '-c', 'app', '--'],
        ...['python3', '-c', CLIENT_PROGRAM],
      ],
      requests.map(request => `${JSON.stringify(request)}\n`).join(''),
    );
    const received = linesOf(text).map(line =>
      receivedSchema.parse(JSON.parse(line)),
    );
    if (received.length !== requests.length) {
      throw new Error(
        `${from} sent ${received.length} of ${requests.length} requests: ${text}`,
      );
    }
    return received;
  }

  /** What the application in a pod has logged. */
  async logged(pod: PodName): Promise<LogLine[]> {
    const text = await this.#kubectl.run([
      'logs',
      '-n',
      PODS[pod],
      pod,
      '-c',
      'app',
      '--tail=5000',
    ]);
    return linesOf(text).map(line => ({
      pod,
      ...logLineSchema.parse(JSON.parse(line)),
    }));
  }

  /** The cluster, as the backend's mirror reads it. */
  async snapshot(): Promise<MeshSnapshot> {
    return readMirror(this.#options.kubeconfig, this.#options.logger);
  }

  /** Removes everything. */
  async stop(): Promise<void> {
    await this.#kubectl.run([
      ...['delete', 'namespace', '--ignore-not-found'],
      ...NAMESPACES,
    ]);
  }

  async #make(): Promise<void> {
    const objects = baseObjects({
      ...this.#options,
      gatewayApi: this.hasGatewayApi,
    });
    const isFirst = ({ kind }: TestObject) =>
      kind === 'Namespace' || kind === 'ServiceAccount';
    await this.#kubectl.apply(objects.filter(isFirst));
    await this.#kubectl.apply(objects.filter(object => !isFirst(object)));
    if (this.hasGatewayApi) {
      await this.#kubectl.run([
        ...['wait', 'gateway.gateway.networking.k8s.io/gw', '-n', 'mesh-test'],
        ...['--for=condition=Programmed', `--timeout=${READY_TIMEOUT}`],
      ]);
    }
    for (const namespace of NAMESPACES) {
      await this.#kubectl.run([
        ...['wait', 'pod', '--all', '-n', namespace],
        ...['--for=condition=Ready', `--timeout=${READY_TIMEOUT}`],
      ]);
      const pods = await this.#kubectl.list(podSchema, 'pods', '-n', namespace);
      for (const { metadata, status } of pods) {
        const gateway =
          metadata.labels['gateway.networking.k8s.io/gateway-name'];
        this.#addresses.set(gateway ?? metadata.name, status.podIP ?? '');
      }
    }
  }
}

function isGateway(pod: string): boolean {
  return pod === 'ingress' || pod === 'gw';
}

function linesOf(text: string): string[] {
  return text.split('\n').filter(line => line.startsWith('{'));
}

/** Namespaces of these names that somebody else has made are left alone. */
async function refuseForeign(kubectl: Kubectl): Promise<void> {
  const found = await kubectl.run([
    ...['get', 'namespace', '--ignore-not-found', '-o', 'name'],
    ...NAMESPACES,
  ]);
  if (found.trim()) {
    throw new Error(
      `The cluster has ${found
        .trim()
        .split('\n')
        .join(
          ', ',
        )} already, which this test makes and removes. Remove them if they are left from a run that was cut off: kubectl delete namespace ${NAMESPACES.join(
        ' ',
      )}`,
    );
  }
}
