import { isOlder } from './age';

const object = (creationTimestamp?: string) => ({
  apiVersion: 'policy.linkerd.io/v1beta3',
  kind: 'Server',
  metadata: {
    name: 'a',
    labels: {},
    annotations: {},
    ownerReferences: [],
    ...(creationTimestamp && { creationTimestamp }),
  },
});

it.each<[string, string | undefined, string | undefined, boolean]>([
  ['made before it', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', true],
  ['made after it', '2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', false],
  ['made with it', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', false],
  ['without an age', undefined, '2026-01-01T00:00:00Z', false],
  ['beside one without', '2026-01-01T00:00:00Z', undefined, false],
])('what is %s is older: %s, %s: %s', (_, one, other, expected) => {
  expect(isOlder(object(one), object(other))).toBe(expected);
});
