import { parse } from 'yaml';
import { nativeSchemaOf } from '../../store/schema/registry';
import { strategicMergePatch } from './strategicMerge';

const DEPLOYMENT = nativeSchemaOf('apps/v1', 'Deployment');
const SERVICE = nativeSchemaOf('v1', 'Service');

function patchedPod(spec: string, patch: string) {
  const at = (value: string) => ({
    spec: { template: { spec: parse(value) } },
  });
  const result = strategicMergePatch(DEPLOYMENT, at(spec), at(patch));
  return Object(result).spec.template.spec;
}

const WEB =
  '{containers: [{name: web, image: web:1, env: [{name: A, value: "1"}], ports: [{containerPort: 80}]}]}';

it('merges containers, environment and ports by their keys', () => {
  expect(
    patchedPod(
      WEB,
      '{containers: [{name: web, env: [{name: B, value: "2"}, {name: A, value: "9"}], ports: [{containerPort: 81}]}, {name: side, image: side:1}]}',
    ),
  ).toEqual(
    parse(`
      containers:
        - name: web
          image: web:1
          env: [{ name: B, value: '2' }, { name: A, value: '9' }]
          ports: [{ containerPort: 81 }, { containerPort: 80 }]
        - { name: side, image: side:1 }
    `),
  );
});

it('deletes an item, and replaces a list', () => {
  const two = '{containers: [{name: web, image: w}, {name: side, image: s}]}';
  expect(
    patchedPod(two, '{containers: [{name: side, $patch: delete}]}'),
  ).toEqual({ containers: [{ name: 'web', image: 'w' }] });
  expect(
    patchedPod(
      two,
      '{containers: [{$patch: replace}, {name: only, image: o}]}',
    ),
  ).toEqual({ containers: [{ name: 'only', image: 'o' }] });
});

it('deletes and replaces mappings', () => {
  const labelled = { metadata: { labels: { a: '1', b: '2' } } };
  const patched = (patch: string) =>
    strategicMergePatch(DEPLOYMENT, labelled, parse(patch));
  expect(patched('{metadata: {labels: {a: null}}}')).toEqual({
    metadata: { labels: { b: '2' } },
  });
  expect(patched('{metadata: {labels: {$patch: replace, c: "3"}}}')).toEqual({
    metadata: { labels: { c: '3' } },
  });
  expect(patched('{metadata: {labels: {$patch: delete}}}')).toEqual({
    metadata: { labels: {} },
  });
});

it('retains only the keys that a patch names', () => {
  expect(
    strategicMergePatch(
      DEPLOYMENT,
      parse(
        '{spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}}',
      ),
      parse('{spec: {strategy: {$retainKeys: [type], type: Recreate}}}'),
    ),
  ).toEqual({ spec: { strategy: { type: 'Recreate' } } });
});

it('adds to and deletes from lists of texts that are sets', () => {
  const object = parse('{metadata: {finalizers: [a/b, c/d]}}');
  expect(
    strategicMergePatch(
      DEPLOYMENT,
      object,
      parse('{metadata: {finalizers: [e/f, a/b]}}'),
    ),
  ).toEqual({ metadata: { finalizers: ['e/f', 'a/b', 'c/d'] } });
  expect(
    strategicMergePatch(
      DEPLOYMENT,
      object,
      parse('{metadata: {$deleteFromPrimitiveList/finalizers: [a/b]}}'),
    ),
  ).toEqual({ metadata: { finalizers: ['c/d'] } });
});

it('replaces lists without a merge key', () => {
  expect(
    patchedPod(
      '{containers: [{name: web, args: [a, b]}]}',
      '{containers: [{name: web, args: [c]}]}',
    ),
  ).toEqual({ containers: [{ name: 'web', args: ['c'] }] });
});

it('puts new items before, as the API server does', () => {
  const ports = (list: string) => ({ spec: { ports: parse(list) } });
  expect(
    strategicMergePatch(
      SERVICE,
      ports('[{port: 80}]'),
      ports('[{port: 81, name: x}, {port: 80, name: y}]'),
    ),
  ).toEqual(ports('[{port: 81, name: x}, {port: 80, name: y}]'));
});

it('puts items into the order that the patch sets', () => {
  const names = (spec: { containers: { name: string }[] }) =>
    spec.containers.map(({ name }) => name);
  const three = '{containers: [{name: a}, {name: b}, {name: c}]}';
  expect(
    names(
      patchedPod(
        three,
        '{$setElementOrder/containers: [{name: c}, {name: d}, {name: a}], containers: [{name: d}]}',
      ),
    ),
  ).toEqual(['b', 'c', 'd', 'a']);
  expect(
    names(
      patchedPod(
        three,
        '{$setElementOrder/containers: [{name: b}, {name: a}]}',
      ),
    ),
  ).toEqual(['b', 'a', 'c']);
});

it.each([
  ['{containers: [{image: x}]}', 'does not contain declared merge key: name'],
  [
    '{containers: [x]}',
    'an item of a list that is merged by name is not an object',
  ],
  ['{$patch: explode}', 'unknown patch type: "explode"'],
  ['{$retainKeys: x}', '$retainKeys is not a list of members'],
  [
    '{$setElementOrder/containers: x, containers: []}',
    '$setElementOrder/containers is not a list',
  ],
  [
    '{$setElementOrder/containers: [{name: b}, {name: a}], containers: [{name: a}, {name: b}]}',
    'the order in the patch list does not match',
  ],
])('refuses %s', (patch, message) => {
  expect(() => patchedPod(WEB, patch)).toThrow(message);
});
