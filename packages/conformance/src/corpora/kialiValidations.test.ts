import { kialiValidations } from './kialiValidations';

const policy = (principal: string) => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: callers, namespace: shop }
spec: { rules: [{ from: [{ source: { principals: [${principal}] } }] }] }
`;

const about = {
  kind: 'AuthorizationPolicy',
  namespace: 'shop',
  name: 'callers',
};

const base = {
  checker: 'checkers/authorization.PrincipalsChecker',
  context: {
    cluster: 'east',
    knownTrustDomains: ['east', 'old', 'west'],
    serviceAccounts: {
      east: ['east/ns/shop/sa/cart'],
      west: ['west/ns/shop/sa/till'],
    },
  },
  complete: true,
  must_not: [],
};

function outcomes(cases: object[]) {
  return kialiValidations
    .run(
      cases.map((entry, index) => ({ id: String(index), ...base, ...entry })),
      () => '',
    )
    .map(result =>
      result.outcome === 'failed' ? result.actual : result.outcome,
    );
}

it('makes the accounts and trust domains of a case a mesh of clusters', () => {
  expect(
    outcomes([
      { input_yaml: policy('east/ns/shop/sa/cart'), expect: [] },
      { input_yaml: policy('old/ns/shop/sa/cart'), expect: [] },
      {
        input_yaml: policy('west/ns/shop/sa/till'),
        expect: [{ code: 'KIA0107', ...about }],
      },
      {
        input_yaml: policy('west/ns/shop/sa/lost'),
        expect: [{ code: 'KIA0106', ...about }],
      },
      {
        input_yaml: policy('south/ns/shop/sa/cart'),
        expect: [{ code: 'KIA0108', ...about }],
      },
    ]),
  ).toEqual(Array(5).fill('passed'));
});

it('says what is found where all of it is compared, and what matters where it is not', () => {
  const lost = { input_yaml: policy('east/ns/shop/sa/lost'), expect: [] };
  const found = ['KIA0106 AuthorizationPolicy shop callers'];
  expect(
    outcomes([
      lost,
      { ...lost, complete: false },
      {
        ...lost,
        complete: false,
        must_not: [{ codes: ['KIA0106'], ...about }],
      },
      { ...lost, complete: false, must_not: [{ codes: '*', ...about }] },
    ]),
  ).toEqual([found, 'passed', found, found]);
});

it('has no accounts but those of the case, of its domain where it names one', () => {
  const [local, foreign] = [
    ['cluster.local/ns/shop/sa/vm'],
    ['old/ns/shop/sa/vm'],
  ];
  const group = `
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: vms, namespace: shop }
spec: { template: { serviceAccount: vm } }
`;
  const ofGroups = (identities: string[], found: boolean) => ({
    checker: 'checkers/workloadgroups.ServiceAccountsChecker',
    context: {
      identityDomain: 'svc.cluster.local',
      serviceAccounts: { Kubernetes: identities },
    },
    input_yaml: group,
    expect: found
      ? [
          {
            code: 'KIA1701',
            kind: 'WorkloadGroup',
            namespace: 'shop',
            name: 'vms',
          },
        ]
      : [],
  });
  expect(
    outcomes([
      {
        input_yaml: policy('"*/sa/default"'),
        expect: [{ code: 'KIA0106', ...about }],
      },
      ofGroups(local, false),
      ofGroups(foreign, true),
    ]),
  ).toEqual(Array(3).fill('passed'));
});

it('tells the two checkers apart that have one code', () => {
  const plaintext = (host: string) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: all, namespace: shop }
spec: { host: '${host}', trafficPolicy: { tls: { mode: DISABLE } } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: istio-system }
spec: { mtls: { mode: STRICT } }
`;
  const found = {
    code: 'KIA0208',
    kind: 'DestinationRule',
    namespace: 'shop',
    name: 'all',
  };
  const cases = (scope: string, host: string, expected: object[]) => ({
    checker: `checkers/destinationrules.Disabled${scope}WideMTLSChecker`,
    context: {},
    input_yaml: plaintext(host),
    expect: expected,
  });
  const [mesh, namespace] = ['*.local', '*.shop.svc.cluster.local'];
  expect(
    outcomes([
      cases('Mesh', mesh, [found]),
      cases('Mesh', namespace, []),
      cases('Namespace', mesh, []),
      cases('Namespace', namespace, [found]),
    ]),
  ).toEqual(Array(4).fill('passed'));
});

it('names the checkers that no check comes from', () => {
  expect(
    kialiValidations.run(
      [{ id: 'x', ...base, checker: 'none.Such', input_yaml: '', expect: [] }],
      () => '',
    ),
  ).toEqual([
    {
      id: 'x',
      outcome: 'skipped',
      reason: 'no check comes from none.Such',
    },
  ]);
});

it('makes the classes of a case, and gives pods the labels of their workload', () => {
  const of = { namespace: 'shop', name: 'web' };
  const workload = { ...of, labels: { 'istio.io/use-waypoint': 'w' } };
  expect(
    outcomes([
      {
        input_yaml: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: web, namespace: shop }
spec: { gatewayClassName: mine }
`,
        context: { gatewayClasses: [{ name: 'Mine', className: 'mine' }] },
        checker: 'checkers/k8sgateways.GatewayClassChecker',
        expect: [],
      },
      {
        input_yaml: '',
        context: {
          namespaces: ['shop'],
          workload: {
            ...workload,
            pods: [
              {
                name: 'w-pod',
                annotations: { 'ambient.istio.io/redirection': 'enabled' },
              },
            ],
          },
        },
        checker: 'checkers/ambient.NewAmbientWorkloadChecker',
        expect: [{ code: 'KIA1313', kind: 'Workload', ...of }],
      },
    ]),
  ).toEqual(['passed', 'passed']);
});

it('gives namespaces, workloads and settings of a case to the checks', () => {
  const rule = `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: root }
spec: { mtls: { mode: STRICT } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec: { host: '*.shop.svc.cluster.local', exportTo: [web, gone], trafficPolicy: { tls: { mode: DISABLE } } }
`;
  const context = {
    namespaces: ['shop', 'root', { name: 'web', isAmbient: true }],
    rootNamespace: 'root',
  };
  const of = { kind: 'DestinationRule', namespace: 'shop', name: 'cart' };
  expect(
    outcomes([
      {
        input_yaml: rule,
        context,
        checker: 'checkers/common.ExportToNamespaceChecker',
        expect: [{ code: 'KIA0005', ...of }],
      },
      {
        input_yaml: rule,
        context,
        checker: 'checkers/destinationrules.DisabledNamespaceWideMTLSChecker',
        expect: [{ code: 'KIA0208', ...of }],
      },
    ]),
  ).toEqual(['passed', 'passed']);
});
