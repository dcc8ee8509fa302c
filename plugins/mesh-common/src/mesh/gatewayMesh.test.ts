import { walkRequestSchema } from '../contract/schemas/walk';
import { KindId } from '../kubernetes/kinds';
import { document, meshedPod } from '../linkerd/__testUtils__/cluster';
import { clusterOf } from '../__testUtils__/cluster';
import { ISTIO } from '../istio/__testUtils__/istio';
import { MESHES } from './meshes';
import { requestWalk } from './requestWalk';
import { UnknownPlaceError } from './serviceRouting';

const gateway = (gatewayClassName: string) =>
  document({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'public', namespace: 'shop' },
    spec: { gatewayClassName, listeners: [] },
  });
const gatewayClass = (name: string, controllerName: string) =>
  document({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name },
    spec: { controllerName },
  });
const istioGateway = document({
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'public', namespace: 'shop' },
  spec: { selector: { app: 'ingress' }, servers: [] },
});
const meshedByLinkerd = meshedPod('public', {
  labels: { 'gateway.networking.k8s.io/gateway-name': 'public' },
});
const NGINX = gatewayClass(
  'nginx',
  'gateway.nginx.org/nginx-gateway-controller',
);

function walked(yaml: string, forbidden: KindId[] = []) {
  const { mesh, outcome, summary } = requestWalk(
    clusterOf(ISTIO + yaml, { forbidden }),
    walkRequestSchema.parse({
      from: { gateway: { namespace: 'shop', name: 'public' } },
      host: 'shop.example.com',
      port: 80,
    }),
    MESHES,
  );
  return { mesh, outcome, summary };
}

describe('a request from outside', () => {
  it.each([
    ["of Istio's own kind", istioGateway],
    ['of a class that is built into istiod', gateway('istio')],
    [
      'of a class of its controller',
      gateway('public') + gatewayClass('public', 'istio.io/gateway-controller'),
    ],
  ])('is walked by Istio through a gateway %s', (_, yaml) => {
    expect(walked(yaml).mesh).toBe('istio');
  });

  it.each<[string, string, KindId[], string, string]>([
    [
      'of another controller',
      gateway('nginx') + NGINX,
      [],
      'not-modelled',
      'Gateway shop/public is of no mesh that is known',
    ],
    [
      'of another controller, whose pods a mesh carries',
      gateway('nginx') + NGINX + meshedByLinkerd,
      [],
      'not-modelled',
      'its pods are carried by Linkerd, so that what becomes of a request behind it can be asked of Pod shop/public',
    ],
    [
      'of a class that is not there',
      gateway('nginx'),
      [],
      'not-modelled',
      'is of no mesh',
    ],
    [
      'of a class that cannot be read',
      gateway('nginx'),
      ['gateway.networking.k8s.io/GatewayClass'],
      'forbidden',
      'GatewayClass',
    ],
  ])('is not known through a gateway %s', (_, yaml, forbidden, cause, text) => {
    const { mesh, outcome, summary } = walked(yaml, forbidden);
    expect(mesh).toBeUndefined();
    expect(outcome).toMatchObject({ value: 'unknown', cause });
    expect(summary).toContain(text);
  });

  it('comes through a gateway that is there', () => {
    expect(() => walked('')).toThrow(UnknownPlaceError);
  });
});
