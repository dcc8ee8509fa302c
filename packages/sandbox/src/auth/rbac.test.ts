import { parseAllDocuments } from 'yaml';
import { createObjectStore } from '../store/objectStore';
import { Authorizer, type Attributes } from './rbac';

const RULES = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: Namespace
metadata: { name: bank }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: reader }
rules:
  - { apiGroups: ['', apps], resources: [pods, deployments], verbs: [get, list] }
  - { apiGroups: [''], resources: [pods/log], verbs: [get] }
  - { apiGroups: [apps], resources: ['*/scale'], verbs: [patch] }
  - { apiGroups: [''], resources: [configmaps], resourceNames: [one], verbs: ['*'] }
  - { nonResourceURLs: [/metrics, /logs/*], verbs: [get] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: all }
rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: reader }
roleRef: { kind: ClusterRole, name: reader }
subjects:
  - { kind: User, name: ann }
  - { kind: ServiceAccount, name: portal, namespace: shop }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: all, namespace: shop }
roleRef: { kind: ClusterRole, name: all }
subjects: [{ kind: Group, name: shop-team }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: local, namespace: bank }
rules: [{ apiGroups: [''], resources: [secrets], verbs: [get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: local, namespace: bank }
roleRef: { kind: Role, name: local }
subjects: [{ kind: User, name: ann }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: dangling, namespace: bank }
roleRef: { kind: Role, name: gone }
subjects: [{ kind: User, name: ann }]
`;

function setUp() {
  const store = createObjectStore();
  parseAllDocuments(RULES).forEach(document => store.create(document.toJS()));
  return { store, authorizer: Authorizer.create(store) };
}

function attributes(
  user: string,
  verb: string,
  target: string,
  groups: string[] = [],
): Attributes {
  const who = { name: user, groups };
  if (target.startsWith('/')) {
    return { user: who, verb, path: target };
  }
  const [resource, namespace, name] = target.split(' ');
  const [qualified, subresource] = resource.split('/');
  const [plural, ...group] = qualified.split('.');
  return {
    user: who,
    verb,
    path: '',
    resource: {
      group: group.join('.'),
      plural,
      ...(subresource && { subresource }),
      ...(namespace && namespace !== '-' && { namespace }),
      ...(name && { name }),
    },
  };
}

it.each([
  ['ann', 'list', 'pods', true],
  ['ann', 'list', 'pods bank', true],
  ['ann', 'watch', 'pods', false],
  ['ann', 'list', 'pods.example.com', false],
  ['ann', 'get', 'deployments.apps shop web', true],
  ['ann', 'get', 'pods/log shop p', true],
  ['ann', 'get', 'pods/exec shop p', false],
  ['ann', 'patch', 'deployments.apps/scale shop web', true],
  ['ann', 'patch', 'deployments.apps shop web', false],
  ['ann', 'delete', 'configmaps shop one', true],
  ['ann', 'delete', 'configmaps shop two', false],
  ['ann', 'list', 'configmaps shop', false],
  ['ann', 'get', 'secrets bank s', true],
  ['ann', 'get', 'secrets shop s', false],
  ['ann', 'get', '/metrics', true],
  ['ann', 'get', '/logs/a', true],
  ['ann', 'get', '/other', false],
  ['system:serviceaccount:shop:portal', 'list', 'pods', true],
  ['system:serviceaccount:bank:portal', 'list', 'pods', false],
  ['bob', 'list', 'pods', false],
  ['bob', 'get', '/version', true],
  ['bob', 'get', '/apis/apps/v1', true],
  ['bob', 'get', '/openapi/v3', true],
  ['bob', 'get', '/versions', false],
  ['bob', 'create', 'selfsubjectaccessreviews.authorization.k8s.io', true],
])('%s may %s %s: %s', (user, verb, target, expected) => {
  expect(setUp().authorizer.allows(attributes(user, verb, target))).toBe(
    expected,
  );
});

it('gives a group rights in one namespace', () => {
  const { authorizer } = setUp();
  const may = (target: string) =>
    authorizer.allows(attributes('x', 'delete', target, ['shop-team']));
  expect(may('anything.example.com shop a')).toBe(true);
  expect(may('anything.example.com bank a')).toBe(false);
  expect(may('anything.example.com')).toBe(false);
});

it('lets system:masters do all', () => {
  const { authorizer } = setUp();
  expect(
    authorizer.allows(attributes('x', 'delete', 'nodes', ['system:masters'])),
  ).toBe(true);
});

it('decides by the objects as they are at that moment', () => {
  const { store, authorizer } = setUp();
  const binding = store.resourceOf(
    'rbac.authorization.k8s.io',
    'ClusterRoleBinding',
  );
  if (!binding) {
    throw new Error('ClusterRoleBinding is not served');
  }
  expect(authorizer.allows(attributes('ann', 'list', 'pods'))).toBe(true);
  store.delete(binding, undefined, 'reader');
  expect(authorizer.allows(attributes('ann', 'list', 'pods'))).toBe(false);
});
