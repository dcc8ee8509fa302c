import fc from 'fast-check';
import { KIND_IDS, KINDS } from './kinds';
import { fieldPath, parseObject } from './parse';

const virtualService = (spec: unknown) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'reviews', namespace: 'shop' },
  spec,
});

describe('parseObject', () => {
  it('reads an object of a kind of the table', () => {
    expect(parseObject(virtualService({ hosts: ['reviews'] }))).toMatchObject({
      status: 'parsed',
      parsed: {
        kindId: 'networking.istio.io/VirtualService',
        object: {
          metadata: { name: 'reviews', namespace: 'shop', labels: {} },
          spec: { hosts: ['reviews'] },
        },
      },
    });
  });

  it('keeps unknown fields of kinds that are kept whole', () => {
    expect(
      parseObject(virtualService({ hosts: ['a'], later: { field: 1 } })),
    ).toMatchObject({ parsed: { object: { spec: { later: { field: 1 } } } } });
  });

  it('keeps of other kinds only what rules read', () => {
    const result = parseObject({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: {
        containers: [
          {
            name: 'app',
            env: [
              { name: 'PASSWORD', value: 'secret' },
              { name: 'TRUST_DOMAIN', value: 'td' },
            ],
            command: ['run'],
          },
        ],
      },
    });
    expect(result).toMatchObject({
      parsed: {
        object: {
          spec: {
            containers: [
              { name: 'app', env: [{ name: 'TRUST_DOMAIN', value: 'td' }] },
            ],
          },
        },
      },
    });
    expect(JSON.stringify(result)).not.toMatch(/secret|command/);
  });

  it.each([
    [
      'a weight that is no number',
      { http: [{ route: [{ destination: { host: 'a' }, weight: 'x' }] }] },
      'spec.http[0].route[0].weight',
    ],
    ['hosts that are no list', { hosts: 'a' }, 'spec.hosts'],
    ['a spec that is text', 'hosts', 'spec'],
    ['a list with a hole', { http: [null] }, 'spec.http[0]'],
  ])('names the field of %s', (_, spec, field) => {
    expect(parseObject(virtualService(spec))).toMatchObject({
      status: 'malformed',
      malformed: {
        kindId: 'networking.istio.io/VirtualService',
        namespace: 'shop',
        name: 'reviews',
        field,
        message: expect.any(String),
      },
    });
  });

  it.each([
    ['nothing', undefined, /object/],
    ['null', null, /object/],
    ['text', 'kind: Pod', /object/],
    ['a list', [], /object/],
    [
      'no name',
      { apiVersion: 'v1', kind: 'Pod', metadata: {} },
      /metadata\.name/,
    ],
    [
      'a name that is a number',
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 1 } },
      /metadata\.name/,
    ],
    ['no metadata', { apiVersion: 'v1', kind: 'Pod' }, /metadata/],
  ])('says that %s is no object', (_, raw, message) => {
    expect(parseObject(raw)).toEqual({
      status: 'not-an-object',
      message: expect.stringMatching(message),
    });
  });

  it('tells kinds of different groups apart, and what no rule reads', () => {
    const of = (apiVersion: string, kind: string) =>
      parseObject({ apiVersion, kind, metadata: { name: 'a' }, spec: {} });
    expect(of('networking.istio.io/v1', 'Gateway')).toMatchObject({
      parsed: { kindId: 'networking.istio.io/Gateway' },
    });
    expect(of('batch/v1', 'Job')).toEqual({
      status: 'unmodelled',
      apiVersion: 'batch/v1',
      kind: 'Job',
    });
  });

  it('takes null members as absent, like the API server', () => {
    expect(
      parseObject({
        ...virtualService({
          hosts: null,
          http: [{ match: null, timeout: null }],
        }),
        status: null,
      }),
    ).toMatchObject({
      status: 'parsed',
      parsed: { object: { spec: { http: [{}] } } },
    });
  });

  it('gives namespaced objects a namespace, and no other ones', () => {
    const of = (kind: string, namespace?: string) =>
      parseObject(
        {
          apiVersion: 'v1',
          kind,
          metadata: { name: 'a', namespace },
          spec: {},
        },
        { defaultNamespace: 'team' },
      );
    expect(of('Service')).toMatchObject({
      parsed: { object: { metadata: { namespace: 'team' } } },
    });
    expect(of('Service', '')).toMatchObject({
      parsed: { object: { metadata: { namespace: 'team' } } },
    });
    expect(of('Service', 'x')).toMatchObject({
      parsed: { object: { metadata: { namespace: 'x' } } },
    });
    expect(of('Namespace', 'x')).toMatchObject({
      parsed: {
        object: { metadata: expect.not.objectContaining({ namespace: 'x' }) },
      },
    });
  });

  it('drops the copy that kubectl apply leaves in an annotation', () => {
    const annotations = {
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
      other: 'kept',
    };
    expect(
      parseObject({
        ...virtualService({}),
        metadata: { name: 'a', annotations },
      }),
    ).toMatchObject({
      parsed: { object: { metadata: { annotations: { other: 'kept' } } } },
    });
  });

  it('never throws, whatever it is given', () => {
    const anything = fc.anything({ maxDepth: 4 });
    fc.assert(
      fc.property(
        fc.oneof(
          anything,
          fc.constantFrom(...KIND_IDS).chain(id =>
            fc.record({
              apiVersion: fc.constant(
                KINDS[id].group ? `${KINDS[id].group}/v1` : 'v1',
              ),
              kind: fc.constant(KINDS[id].kind),
              metadata: fc.constant({ name: 'a' }),
              spec: anything,
              status: anything,
              webhooks: anything,
              data: anything,
            }),
          ),
        ),
        raw => {
          expect([
            'parsed',
            'malformed',
            'unmodelled',
            'not-an-object',
          ]).toContain(parseObject(raw).status);
        },
      ),
    );
  });

  it.each(KIND_IDS.filter(id => KINDS[id].keep === 'whole'))(
    'fills nothing in where %s is kept whole, so that its type tells what is there',
    id => {
      const { schema } = KINDS[id];
      const raw = {
        apiVersion: 'x/v1',
        kind: KINDS[id].kind,
        metadata: {
          name: 'a',
          labels: {},
          annotations: {},
          ownerReferences: [],
        },
        spec: {},
      };
      const read = schema.safeParse(raw);
      // Where spec has mandatory fields there is nothing that could be filled in.
      expect(raw).toMatchObject(read.data ?? {});
    },
  );
});

describe('fieldPath', () => {
  it.each([
    [[], ''],
    [['spec', 'http', 0, 'match'], 'spec.http[0].match'],
    [[0, 'a'], '[0].a'],
  ])('%j is %p', (path, text) => {
    expect(fieldPath(path)).toBe(text);
  });
});

describe('a Secret', () => {
  it('keeps its keys and certificates, and no other value', () => {
    const certificate = '-----BEGIN CERTIFICATE-----\na\n';
    const result = parseObject({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'tls' },
      data: { 'tls.crt': btoa(certificate), 'tls.key': btoa('top secret') },
      stringData: {
        both: `${certificate}-----BEGIN PRIVATE KEY-----\n`,
        empty: '',
      },
    });
    expect(result).toMatchObject({
      parsed: {
        object: {
          data: { 'tls.crt': certificate, 'tls.key': '(withheld)' },
          stringData: { both: '(withheld)', empty: '' },
        },
      },
    });
  });
});

it('does not follow an object that is nested without end', () => {
  let spec: unknown = {};
  for (let level = 0; level < 100_000; level++) {
    spec = level % 2 === 0 ? [spec] : { a: spec };
  }
  expect(
    parseObject({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a' },
      spec,
    }),
  ).toEqual({
    status: 'not-an-object',
    message: 'object: it is nested more than 200 levels deep',
  });
});
