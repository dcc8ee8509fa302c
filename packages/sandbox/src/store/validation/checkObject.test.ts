import { parse } from 'yaml';
import { ApiError } from '../../api/status';
import { createObjectStore } from '../objectStore';
import type { ObjectStore } from '../types';

let store: ObjectStore;
beforeEach(() => {
  store = createObjectStore();
  store.create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop' },
  });
});

function refusal(write: () => unknown): string {
  try {
    write();
  } catch (error) {
    if (error instanceof ApiError) {
      return `${error.code} ${error.message}`;
    }
    throw error;
  }
  return 'accepted';
}

function meta(name: string): string {
  return `metadata: {name: ${name}, namespace: shop}`;
}

const POD = 'apiVersion: v1, kind: Pod';
const SERVICE = 'apiVersion: v1, kind: Service';

function deployment(
  template: string,
  selector: string = '{matchLabels: {app: d}}',
) {
  return `{apiVersion: apps/v1, kind: Deployment, ${meta(
    'd',
  )}, spec: {selector: ${selector}, template: ${template}}}`;
}

const TEMPLATE =
  '{metadata: {labels: {app: d}}, spec: {containers: [{name: d, image: d}]}}';

it.each([
  [
    `{${POD}, ${meta('p')}, spec: {containers: []}}`,
    '422 Pod "p" is invalid: spec.containers: Required value',
  ],
  [
    `{${POD}, ${meta('p')}, spec: {containers: [{name: a}]}}`,
    '422 Pod "p" is invalid: spec.containers[0].image: Required value',
  ],
  [
    `{${POD}, ${meta(
      'p',
    )}, spec: {containers: [{name: a, image: i}, {name: a, image: i}]}}`,
    '422 Pod "p" is invalid: spec.containers[1].name: Duplicate value: "a"',
  ],
  [
    `{${POD}, ${meta(
      'p',
    )}, spec: {containers: [{name: a, image: i, volumeMounts: [{name: v, mountPath: /v}]}]}}`,
    '422 Pod "p" is invalid: spec.containers[0].volumeMounts[0].name: Not found: "v"',
  ],
  [
    `{${POD}, ${meta(
      'p',
    )}, spec: {containers: [{name: a, image: i, ports: [{containerPort: 0}]}]}}`,
    '422 Pod "p" is invalid: spec.containers[0].ports[0].containerPort: Invalid value: 0: must be between 1 and 65535, inclusive',
  ],
  [
    `{${POD}, ${meta('p')}, spec: {containers: x}}`,
    '400 Pod in version "v1" cannot be handled as a Pod: spec.containers: Invalid value: "string": spec.containers in body must be of type array: "string"',
  ],
  [
    `{${SERVICE}, ${meta('s')}, spec: {}}`,
    '422 Service "s" is invalid: spec.ports: Required value',
  ],
  [
    `{${SERVICE}, ${meta('s')}, spec: {ports: [{port: 1}, {port: 2}]}}`,
    '422 Service "s" is invalid: [spec.ports[0].name: Required value, spec.ports[1].name: Required value]',
  ],
  [
    `{${SERVICE}, ${meta(
      's',
    )}, spec: {ports: [{port: 1, name: x}, {port: 2, name: x}]}}`,
    '422 Service "s" is invalid: spec.ports[1].name: Duplicate value: "x"',
  ],
  [
    `{${SERVICE}, ${meta('s')}, spec: {ports: [{port: 70000}]}}`,
    '422 Service "s" is invalid: spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive',
  ],
  [
    deployment(TEMPLATE, '{}'),
    '422 Deployment.apps "d" is invalid: spec.selector: Invalid value: {}: empty selector is invalid for deployment',
  ],
  [
    deployment(TEMPLATE.replace('app: d', 'app: x')),
    '422 Deployment.apps "d" is invalid: spec.template.metadata.labels: Invalid value: {"app":"x"}: `selector` does not match template `labels`',
  ],
  [
    deployment('{metadata: {labels: {app: d}}}'),
    '422 Deployment.apps "d" is invalid: spec.template.spec.containers: Required value',
  ],
])('%s', (yaml, expected) => {
  expect(refusal(() => store.create(parse(yaml)))).toBe(expected);
});

it.each([
  [
    { 'a b': 'c' },
    'metadata.labels: Invalid value: "a b": name part must consist of',
  ],
  [
    { a: 'c d' },
    'metadata.labels: Invalid value: "c d": a valid label must be',
  ],
])('refuses the labels %j', (labels, expected) => {
  expect(
    refusal(() =>
      store.create({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'c', namespace: 'shop', labels },
      }),
    ),
  ).toContain(expected);
});

it.each([
  ['ConfigMap', 'Bad_Name', 'a lowercase RFC 1123 subdomain must consist of'],
  ['Service', '9bad', 'a DNS-1035 label must consist of'],
  ['ConfigMap', 'a'.repeat(254), 'must be no more than 253 characters'],
])('refuses a %s of the name %s', (kind, name, expected) => {
  expect(
    refusal(() =>
      store.create({
        apiVersion: 'v1',
        kind,
        metadata: { name, namespace: 'shop' },
        ...(kind === 'Service' && { spec: { ports: [{ port: 80 }] } }),
      }),
    ),
  ).toContain(expected);
});

it('lets little of a pod change', () => {
  const pod = (spec: string) => parse(`{${POD}, ${meta('p')}, spec: ${spec}}`);
  const created = store.create(pod('{containers: [{name: a, image: i:1}]}'));
  const changed = {
    ...created,
    spec: { ...Object(created.spec), hostNetwork: true },
  };
  expect(refusal(() => store.update(changed))).toContain(
    'spec: Forbidden: pod updates may not change fields other than',
  );
  const [container] = Object(created.spec).containers;
  const newImage = {
    ...created,
    spec: {
      ...Object(created.spec),
      containers: [{ ...container, image: 'i:2' }],
    },
  };
  expect(refusal(() => store.update(newImage))).toBe('accepted');
});

it('keeps selectors, addresses and role references', () => {
  store.create(parse(deployment(TEMPLATE)));
  expect(
    refusal(() =>
      store.update(
        parse(
          deployment(
            TEMPLATE.replace('app: d', 'app: x'),
            '{matchLabels: {app: x}}',
          ),
        ),
      ),
    ),
  ).toContain(
    'spec.selector: Invalid value: {"matchLabels":{"app":"x"}}: field is immutable',
  );

  store.create(
    parse(`{${SERVICE}, ${meta('s')}, spec: {ports: [{port: 80}]}}`),
  );
  expect(
    refusal(() =>
      store.update(
        parse(
          `{${SERVICE}, ${meta(
            's',
          )}, spec: {clusterIP: 10.96.9.9, ports: [{port: 80}]}}`,
        ),
      ),
    ),
  ).toBe(
    '422 Service "s" is invalid: spec.clusterIPs[0]: Invalid value: ["10.96.9.9"]: may not change once set',
  );

  const binding = (role: string) =>
    parse(
      `{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, ${meta(
        'b',
      )}, roleRef: {kind: Role, name: ${role}}}`,
    );
  store.create(binding('r'));
  expect(refusal(() => store.update(binding('other')))).toContain(
    'cannot change roleRef',
  );
});

it('stores what breaks the rules where that is asked for', () => {
  expect(
    refusal(() =>
      store.put(parse(`{${SERVICE}, ${meta('s')}, spec: {}}`), {
        skipValidation: true,
      }),
    ),
  ).toBe('accepted');
});
