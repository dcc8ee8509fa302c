import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANARY_HOST } from './places';
import { objectsOf, TestObject } from './situation';

function file(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8');
}

/** The program that sends requests from inside a pod. */
export const CLIENT_PROGRAM = file('app/client.py');

/** The objects that stay while all situations are tried. `revision`: of Istio; absent: the default one. */
export function baseObjects({
  image,
  revision,
  gatewayApi,
}: {
  image: string;
  revision?: string;
  gatewayApi: boolean;
}): TestObject[] {
  const injection = {
    'app.kubernetes.io/part-of': 'mesh-test',
    ...(revision
      ? { 'istio.io/rev': revision }
      : { 'istio-injection': 'enabled' }),
  };
  const base = file('base.yaml')
    .replaceAll("'${injection}'", () => JSON.stringify(injection))
    .replaceAll("'${app}'", () => JSON.stringify(appContainer(image)));
  return [
    ...objectsOf(base),
    ...(gatewayApi ? objectsOf(file('base-gateway-api.yaml')) : []),
  ];
}

function appContainer(image: string): object {
  return {
    name: 'app',
    image,
    command: ['python3', '-c', file('app/echo.py')],
    env: [
      {
        name: 'POD_NAME',
        valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
      },
    ],
    ports: [8080, 9090, 9000, 7070, 8443].map(containerPort => ({
      containerPort,
    })),
  };
}

/**
 * A VirtualService that every proxy of the test gets, and answers itself: a proxy that answers with the generation
 * has what was written before it. Istiod sends the routes last.
 */
export function canary(generation: string, gatewayApi: boolean): TestObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'canary', namespace: 'mesh-test' },
    spec: {
      hosts: [CANARY_HOST],
      gateways: ['mesh', 'canary', ...(gatewayApi ? ['canary-gw'] : [])],
      http: [{ directResponse: { status: 200, body: { string: generation } } }],
    },
  };
}
