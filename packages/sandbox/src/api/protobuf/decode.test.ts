import { Writer } from 'protobufjs/minimal';
import { nativeDefinitions } from '../../store/schema/registry';
import { recordOf } from '../../store/values';
import { decodeProtobuf } from './decode';
import descriptor from './kubernetes.json';

type Field = [id: number, value: string | number | boolean | Uint8Array];

/** A message on the wire. */
function message(...fields: Field[]): Uint8Array {
  const writer = Writer.create();
  for (const [id, value] of fields) {
    if (typeof value === 'string') {
      writer.uint32((id << 3) | 2).string(value);
    } else if (value instanceof Uint8Array) {
      writer.uint32((id << 3) | 2).bytes(value);
    } else {
      writer.uint32(id << 3).int32(Number(value));
    }
  }
  return writer.finish();
}

function body(apiVersion: string, kind: string, raw: Uint8Array): Buffer {
  const envelope = message(
    [1, message([1, apiVersion], [2, kind])],
    [2, raw],
    [3, ''],
    [4, ''],
  );
  return Buffer.concat([Buffer.from([0x6b, 0x38, 0x73, 0]), envelope]);
}

it('reads what kubectl auth can-i sends', () => {
  const attributes = message(
    [1, 'shop'],
    [2, 'list'],
    [3, ''],
    [4, '*'],
    [5, 'pods'],
    [7, ''],
  );
  const review = message(
    [1, message()],
    [2, message([1, attributes])],
    [3, message([1, false], [4, false])],
  );
  expect(
    decodeProtobuf(
      body('authorization.k8s.io/v1', 'SelfSubjectAccessReview', review),
    ),
  ).toMatchObject({
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: {
      resourceAttributes: {
        namespace: 'shop',
        verb: 'list',
        version: '*',
        resource: 'pods',
      },
    },
  });
});

it('keeps the zero of a pointer, and reads zeros of others as absent', () => {
  const deployment = message([2, message([1, 0], [5, 0], [7, false])]);
  expect(
    recordOf(decodeProtobuf(body('apps/v1', 'Deployment', deployment))).spec,
  ).toEqual({ replicas: 0 });
});

it('reads times, ports, quantities, maps, bytes and inline members as JSON has them', () => {
  const probe = message(
    [
      1,
      message([
        2,
        message([1, '/ready'], [2, message([1, 1], [2, 0], [3, 'http'])]),
      ]),
    ],
    [2, 5],
  );
  const limit = message([1, 'cpu'], [2, message([1, '500m'])]);
  const container = message(
    [1, 'web'],
    [2, 'web:1'],
    [8, message([1, limit])],
    [11, probe],
  );
  const metadata = message(
    [1, 'p'],
    [8, message([1, 1767225600], [2, 0])],
    [11, message([1, 'app'], [2, 'web'])],
  );
  const pod = message([1, metadata], [2, message([2, container])]);
  expect(decodeProtobuf(body('v1', 'Pod', pod))).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'p',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { app: 'web' },
    },
    spec: {
      containers: [
        {
          name: 'web',
          image: 'web:1',
          resources: { limits: { cpu: '500m' } },
          readinessProbe: {
            httpGet: { path: '/ready', port: 'http' },
            initialDelaySeconds: 5,
          },
        },
      ],
    },
  });
  const secret = message([2, message([1, 'key'], [2, Buffer.from('secret')])]);
  expect(recordOf(decodeProtobuf(body('v1', 'Secret', secret))).data).toEqual({
    key: 'c2VjcmV0',
  });
});

it('skips fields that it does not know', () => {
  const map = message([2, message([1, 'a'], [2, 'b'])], [99, 'later'], [98, 7]);
  expect(recordOf(decodeProtobuf(body('v1', 'ConfigMap', map))).data).toEqual({
    a: 'b',
  });
});

it.each([
  [Buffer.from('{}'), 'the body is not in the protobuf form of Kubernetes'],
  [
    Buffer.from([0x6b, 0x38, 0x73, 0]),
    'the protobuf body has no kind or no object',
  ],
  [
    body('v1', 'Pod', message([1, 'x'])).subarray(0, 20),
    'the protobuf body ends too early',
  ],
  [
    body('example.com/v1', 'Thing', message()),
    'Thing in version example.com/v1 is not read in protobuf form: send JSON',
  ],
])('refuses %j', (bytes, text) => {
  expect(() => decodeProtobuf(bytes)).toThrow(text);
});

it('has the same names as JSON', () => {
  const strange = Object.entries(descriptor.messages).flatMap(
    ([name, fields]) => {
      const schema = nativeDefinitions[name.replace(/^k8s\.io\./, 'io.k8s.')];
      const properties = Object.keys(recordOf(recordOf(schema).properties));
      return Object.entries(fields)
        .filter(([, field]) => properties.length > 0 && !('inline' in field))
        .filter(([field]) => !properties.includes(field))
        .map(([field]) => `${name}.${field}`);
    },
  );
  expect(strange).toEqual([]);
});
