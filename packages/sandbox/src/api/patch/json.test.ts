import { ApiError } from '../status';
import { jsonPatch } from './json';

it('carries out operations in order, on a copy', () => {
  const target = Object.freeze({ a: [1, 2], b: 'x' });
  expect(
    jsonPatch(target, [
      { op: 'test', path: '/b', value: 'x' },
      { op: 'add', path: '/a/-', value: 3 },
      { op: 'remove', path: '/a/0' },
      { op: 'replace', path: '/b', value: 'y' },
      { op: 'copy', from: '/b', path: '/c' },
      { op: 'move', from: '/c', path: '/d' },
    ]),
  ).toEqual({ a: [2, 3], b: 'y', d: 'y' });
  expect(target).toEqual({ a: [1, 2], b: 'x' });
});

function refusal(patch: unknown): ApiError {
  try {
    jsonPatch({ a: { b: 1 } }, patch);
  } catch (error) {
    if (error instanceof ApiError) {
      return error;
    }
    throw error;
  }
  throw new Error('the patch was not refused');
}

it.each([
  [[{ op: 'test', path: '/a/b', value: 2 }], 422, 'testing value /a/b failed'],
  [
    [{ op: 'remove', path: '/a/c' }],
    422,
    'remove operation does not apply: doc is missing path: /a/c',
  ],
  [
    [{ op: 'replace', path: '/x/y', value: 1 }],
    422,
    'replace operation does not apply',
  ],
  [
    [{ op: 'jump', path: '/a' }],
    422,
    'Operation `op` property is not one of operations',
  ],
])('refuses %j', (patch, code, cause) => {
  const error = refusal(patch);
  expect(error.code).toBe(code);
  expect(error.message).toBe(
    'the server rejected our request due to an error in our request',
  );
  expect(error.status.details?.causes?.[0].message).toContain(cause);
});

it.each([[{ a: 1 }], ['x'], [[{ op: 'add' }]]])(
  'does not take %j for a patch',
  patch => {
    expect(refusal(patch).code).toBe(400);
  },
);
