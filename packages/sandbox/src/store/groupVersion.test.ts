import {
  compareVersions,
  groupVersionOf,
  splitGroupVersion,
} from './groupVersion';

it('sorts versions as Kubernetes prefers them', () => {
  const versions = [
    'foo10',
    'v1',
    'v11alpha2',
    'foo1',
    'v3beta1',
    'v12alpha1',
    'v11beta2',
    'v10beta3',
    'v10',
    'v2',
  ];
  expect(versions.sort(compareVersions)).toEqual([
    'v10',
    'v2',
    'v1',
    'v11beta2',
    'v10beta3',
    'v3beta1',
    'v12alpha1',
    'v11alpha2',
    'foo1',
    'foo10',
  ]);
});

it.each([
  ['', 'v1', 'v1'],
  ['apps', 'v1', 'apps/v1'],
])('writes %j and %j as %j, and reads it', (group, version, text) => {
  expect(groupVersionOf(group, version)).toBe(text);
  expect(splitGroupVersion(text)).toEqual({ group, version });
});
