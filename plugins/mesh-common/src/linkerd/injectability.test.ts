import { injectability, InjectionSubject } from './injectability';

const container = (name: string, image = 'app:1') => ({
  name,
  image,
  ports: [],
  env: [],
});

function reasonsOf(
  podSpec: Partial<InjectionSubject['podSpec']>,
  options: Partial<Omit<InjectionSubject, 'podSpec'>> = {},
) {
  const answer = injectability({
    namespaceAnnotations: { 'linkerd.io/inject': 'enabled' },
    podAnnotations: {},
    tokenProjection: true,
    ...options,
    podSpec: {
      containers: [container('app')],
      initContainers: [],
      ...podSpec,
    },
  });
  expect(answer.injectable).toBe(answer.reasons.length === 0);
  return answer.reasons;
}

it.each<
  [
    what: string,
    podSpec: Parameters<typeof reasonsOf>[0],
    reasons: string[],
    options?: Parameters<typeof reasonsOf>[1],
  ]
>([
  ['nothing in the way', {}, []],
  ['the network of the node', { hostNetwork: true }, ['host_network_enabled']],
  [
    'a proxy of its own',
    { containers: [container('app'), container('linkerd-proxy')] },
    ['sidecar_already_exists'],
  ],
  [
    'a proxy by its image',
    { containers: [container('edge', 'cr.l5d.io/linkerd/proxy:edge-26.8.2')] },
    ['sidecar_already_exists'],
  ],
  [
    'an init container of another mesh',
    { initContainers: [container('istio-init')] },
    ['sidecar_already_exists'],
  ],
  [
    'a native sidecar of another mesh, which the injector does not look for',
    { initContainers: [container('istio-proxy')] },
    [],
  ],
  [
    'a kind without pods',
    { hostNetwork: true },
    ['host_network_enabled', 'unsupported_resource'],
    { unsupportedResource: true },
  ],
  ['no token', { automountServiceAccountToken: false }, []],
  [
    'no token, and none for proxies',
    { automountServiceAccountToken: false },
    ['disabled_automount_service_account_token_account'],
    { tokenProjection: false },
  ],
  [
    'several',
    {
      hostNetwork: true,
      automountServiceAccountToken: false,
      containers: [container('istio-proxy')],
    },
    [
      'host_network_enabled',
      'sidecar_already_exists',
      'injection_disable_annotation_present',
      'disabled_automount_service_account_token_account',
    ],
    {
      podAnnotations: { 'linkerd.io/inject': 'disabled' },
      tokenProjection: false,
    },
  ],
])('%s', (_, podSpec, reasons, options = {}) => {
  expect(reasonsOf(podSpec, options)).toEqual(reasons);
});
