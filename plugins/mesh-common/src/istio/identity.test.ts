import { clusterOf } from '../__testUtils__/cluster';
import { workloadOfPod } from '../mesh/workloads';
import {
  ISTIO,
  istio,
  meshSettings,
  namespace,
  pod,
  podOf,
  service,
} from './__testUtils__/istio';
import { allowedIdentities } from './authorizationPolicy';
import { identityOf, parseIdentity, workloadsWithIdentity } from './identity';

describe('identityOf', () => {
  it('is the service account in the trust domain of the mesh', () => {
    const snapshot = clusterOf(meshSettings('trustDomain: td') + pod('cart'));
    expect(identityOf(snapshot, podOf(snapshot, 'cart'))).toBe(
      'td/ns/shop/sa/cart',
    );
  });

  it('is in the trust domain that the proxy was told', () => {
    const snapshot = clusterOf(
      ISTIO +
        pod('cart').replace(
          'image: "docker.io/istio/proxyv2:1.30.3-distroless"',
          'env: [{ name: TRUST_DOMAIN, value: own }]',
        ),
    );
    expect(identityOf(snapshot, podOf(snapshot, 'cart'))).toBe(
      'own/ns/shop/sa/cart',
    );
  });

  it('is not known where the trust domain is not', () => {
    const snapshot = clusterOf(pod('cart'));
    expect(identityOf(snapshot, podOf(snapshot, 'cart'))).toBeUndefined();
  });
});

describe('workloadsWithIdentity', () => {
  const snapshot = clusterOf(
    meshSettings('trustDomain: td\ntrustDomainAliases: [old]') +
      pod('cart') +
      pod('web') +
      pod('cart2', { serviceAccount: 'cart' }) +
      pod('cart', { namespace: 'other' }),
  );
  it.each<[string, string[]]>([
    ['td/ns/shop/sa/cart', ['cart-1', 'cart2-1']],
    ['old/ns/shop/sa/web', ['web-1']],
    ['else/ns/shop/sa/cart', []],
    ['td/ns/shop/sa/*', []],
    ['nobody', []],
  ])('%s: %j', (identity, names) => {
    expect(
      workloadsWithIdentity(snapshot, identity)
        .map(({ ref }) => ref.name)
        .sort(),
    ).toEqual(names);
  });
});

describe('parseIdentity', () => {
  it.each(['a/ns/b/sa', 'a/b/c/d/e', '*/ns/b/sa/c', 'a/ns/b/sa/c/d'])(
    'takes %p for none',
    text => {
      expect(parseIdentity(text)).toBeUndefined();
    },
  );
});

describe('allowedIdentities', () => {
  const policy = (
    name: string,
    spec: string,
    options: { namespace?: string; annotations?: string } = {},
  ) =>
    istio('AuthorizationPolicy', name, spec, {
      namespace: options.namespace,
    }).replace(
      'metadata: {',
      `metadata: { annotations: { ${options.annotations ?? ''} },`,
    );
  const from = (source: string) =>
    `rules: [{ from: [{ source: { ${source} } }] }]`;
  const of = (yaml: string, settings = ISTIO) => {
    const snapshot = clusterOf(settings + pod('cart') + yaml);
    return allowedIdentities(
      snapshot,
      workloadOfPod(snapshot, podOf(snapshot, 'cart')),
    );
  };
  const names = (yaml: string, settings?: string) =>
    of(yaml, settings).map(({ identity }) => identity);

  it.each<[string, string, string[]]>([
    [
      'principals',
      policy(
        'a',
        `{ ${from(
          'principals: [cluster.local/ns/web/sa/web, cluster.local/ns/x/sa/y]',
        )} }`,
      ),
      ['cluster.local/ns/web/sa/web', 'cluster.local/ns/x/sa/y'],
    ],
    [
      'no patterns',
      policy('a', `{ ${from("principals: ['*', cluster.local/ns/web/*]")} }`),
      [],
    ],
    [
      'service accounts',
      policy('a', `{ ${from('serviceAccounts: [web, other/job]')} }`),
      ['cluster.local/ns/shop/sa/web', 'cluster.local/ns/other/sa/job'],
    ],
    [
      'a condition on the principal',
      policy(
        'a',
        '{ rules: [{ when: [{ key: source.principal, values: [cluster.local/ns/w/sa/w] }] }] }',
      ),
      ['cluster.local/ns/w/sa/w'],
    ],
    [
      'not other conditions',
      policy(
        'a',
        '{ rules: [{ when: [{ key: source.ip, values: [cluster.local/ns/w/sa/w] }] }] }',
      ),
      [],
    ],
    [
      'nobody that is denied',
      policy(
        'a',
        `{ action: DENY, ${from(
          'principals: [cluster.local/ns/web/sa/web]',
        )} }`,
      ),
      [],
    ],
    [
      'nobody that only a dry run allows',
      policy('a', `{ ${from('principals: [cluster.local/ns/web/sa/web]')} }`, {
        annotations: "istio.io/dry-run: 'true'",
      }),
      [],
    ],
    [
      'those of a matching selector',
      policy(
        'a',
        `{ selector: { matchLabels: { app: cart } }, ${from(
          'principals: [cluster.local/ns/web/sa/web]',
        )} }`,
      ),
      ['cluster.local/ns/web/sa/web'],
    ],
    [
      'not of another selector',
      policy(
        'a',
        `{ selector: { matchLabels: { app: x } }, ${from(
          'principals: [cluster.local/ns/web/sa/web]',
        )} }`,
      ),
      [],
    ],
    [
      'those of the root namespace',
      policy(
        'a',
        `{ selector: { matchLabels: { app: cart } }, ${from(
          'principals: [cluster.local/ns/web/sa/web]',
        )} }`,
        { namespace: 'istio-system' },
      ),
      ['cluster.local/ns/web/sa/web'],
    ],
    [
      'not of other namespaces',
      policy('a', `{ ${from('principals: [cluster.local/ns/web/sa/web]')} }`, {
        namespace: 'other',
      }),
      [],
    ],
    [
      'not of targets, for a sidecar',
      policy(
        'a',
        `{ targetRefs: [{ kind: Service, name: cart }], ${from(
          'principals: [cluster.local/ns/web/sa/web]',
        )} }`,
      ),
      [],
    ],
    [
      'each once',
      policy('a', `{ ${from('principals: [cluster.local/ns/web/sa/web]')} }`) +
        policy('b', `{ ${from('principals: [cluster.local/ns/web/sa/web]')} }`),
      ['cluster.local/ns/web/sa/web'],
    ],
  ])('names %s', (_, yaml, expected) => {
    expect(names(yaml)).toEqual(expected);
  });

  it('takes cluster.local and aliases for the mesh’s own trust domain', () => {
    expect(
      names(
        policy(
          'a',
          `{ ${from(
            'principals: [cluster.local/ns/a/sa/a, old/ns/b/sa/b, foreign/ns/c/sa/c]',
          )} }`,
        ),
        meshSettings('trustDomain: td\ntrustDomainAliases: [old]'),
      ),
    ).toEqual(['td/ns/a/sa/a', 'td/ns/b/sa/b', 'foreign/ns/c/sa/c']);
  });

  it('names the policy and the field', () => {
    expect(
      of(
        policy('a', `{ ${from('principals: [cluster.local/ns/web/sa/web]')} }`),
      )[0].reason,
    ).toMatchObject({
      object: { name: 'a' },
      field: 'spec.rules[0].from[0].source.principals',
    });
  });

  it('counts policies for the Service or its waypoint, in ambient mode', () => {
    const waypoint = `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
status: { addresses: [{ value: 10.0.0.9 }] }
`;
    const yaml = (target: string) =>
      ISTIO +
      namespace('shop', 'istio.io/use-waypoint: waypoint') +
      pod('cart', { mode: 'ambient' }) +
      service('cart') +
      waypoint +
      policy(
        'a',
        `{ targetRefs: [${target}], ${from(
          'principals: [cluster.local/ns/web/sa/web]',
        )} }`,
      );
    const found = (target: string) => {
      const snapshot = clusterOf(yaml(target));
      return allowedIdentities(
        snapshot,
        workloadOfPod(snapshot, podOf(snapshot, 'cart')),
      ).length;
    };
    expect([
      found('{ kind: Service, name: cart }'),
      found('{ kind: Gateway, name: waypoint }'),
      found('{ kind: Service, name: other }'),
    ]).toEqual([1, 1, 0]);
  });
});
