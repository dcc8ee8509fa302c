import fc from 'fast-check';
import { clusterOf } from '../__testUtils__/cluster';
import { ISTIO, istio, meshSettings } from './__testUtils__/istio';
import { meshConfig } from './meshConfig';
import {
  attachedPeerAuthentications,
  effectiveMode,
  namespaceMode,
  writtenNamespaceMode,
} from './peerAuthentication';

const policy = (
  name: string,
  spec: string,
  namespace = 'shop',
  created?: string,
) => istio('PeerAuthentication', name, spec, { namespace, created });

function modeOf(
  yaml: string,
  port = 8080,
  subject = {
    namespace: 'shop',
    labels: { app: 'reviews' } as Record<string, string>,
  },
) {
  const snapshot = clusterOf(ISTIO + yaml);
  return effectiveMode(snapshot, subject, port, meshConfig(snapshot));
}

const STRICT = '{ mtls: { mode: STRICT } }';
const PERMISSIVE = '{ mtls: { mode: PERMISSIVE } }';
const DISABLE = '{ mtls: { mode: DISABLE } }';
const OWN = 'selector: { matchLabels: { app: reviews } }';

describe('effectiveMode', () => {
  it.each<[string, string, string, string | undefined]>([
    ['no policy', '', 'PERMISSIVE', undefined],
    ['the mesh’s', policy('m', STRICT, 'istio-system'), 'STRICT', 'm'],
    [
      'the namespace’s before the mesh’s',
      policy('m', STRICT, 'istio-system') + policy('n', PERMISSIVE),
      'PERMISSIVE',
      'n',
    ],
    [
      'the namespace’s without a mode',
      policy('m', STRICT, 'istio-system') +
        policy('n', '{ mtls: { mode: UNSET } }'),
      'STRICT',
      'm',
    ],
    [
      'the namespace’s without anything',
      policy('m', STRICT, 'istio-system') + policy('n', '{}'),
      'STRICT',
      'm',
    ],
    [
      'an empty selector as none',
      policy('n', '{ selector: { matchLabels: {} }, mtls: { mode: STRICT } }'),
      'STRICT',
      'n',
    ],
    [
      'the workload’s before the namespace’s',
      policy('n', STRICT) + policy('w', `{ ${OWN}, mtls: { mode: DISABLE } }`),
      'DISABLE',
      'w',
    ],
    [
      'another workload’s',
      policy('n', STRICT) +
        policy(
          'w',
          '{ selector: { matchLabels: { app: other } }, mtls: { mode: DISABLE } }',
        ),
      'STRICT',
      'n',
    ],
    [
      'another namespace’s',
      policy('n', STRICT, 'other'),
      'PERMISSIVE',
      undefined,
    ],
    [
      'the older of two of a namespace',
      policy('b', STRICT, 'shop', '2026-01-02T00:00:00Z') +
        policy('a', DISABLE, 'shop', '2026-01-01T00:00:00Z'),
      'DISABLE',
      'a',
    ],
    [
      'of equal ages, by name',
      policy('b', STRICT, 'shop', '2026-01-01T00:00:00Z') +
        policy('a', DISABLE, 'shop', '2026-01-01T00:00:00Z'),
      'DISABLE',
      'a',
    ],
    [
      'the older of two of a workload',
      policy(
        'y',
        `{ ${OWN}, mtls: { mode: STRICT } }`,
        'shop',
        '2026-01-02T00:00:00Z',
      ) +
        policy(
          'x',
          `{ ${OWN}, mtls: { mode: DISABLE } }`,
          'shop',
          '2026-01-01T00:00:00Z',
        ),
      'DISABLE',
      'x',
    ],
    [
      'none with a selector in the root namespace',
      policy('r', `{ ${OWN}, mtls: { mode: STRICT } }`, 'istio-system'),
      'PERMISSIVE',
      undefined,
    ],
    [
      'the entry for the port',
      policy(
        'w',
        `{ ${OWN}, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: DISABLE } } }`,
      ),
      'DISABLE',
      'w',
    ],
    [
      'not the entry for another port',
      policy(
        'w',
        `{ ${OWN}, mtls: { mode: STRICT }, portLevelMtls: { 9090: { mode: DISABLE } } }`,
      ),
      'STRICT',
      'w',
    ],
    [
      'the workload’s mode for a port without one',
      policy(
        'w',
        `{ ${OWN}, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: UNSET } } }`,
      ),
      'STRICT',
      'w',
    ],
    [
      'the parent’s mode for a port without one',
      policy('n', STRICT) +
        policy('w', `{ ${OWN}, portLevelMtls: { 8080: {} } }`),
      'STRICT',
      'n',
    ],
    [
      'no port settings of a policy that was passed over',
      policy('w', `{ ${OWN}, mtls: { mode: STRICT } }`) +
        policy('v', `{ ${OWN}, portLevelMtls: { 8080: { mode: DISABLE } } }`),
      'STRICT',
      'w',
    ],
  ])('is that of %s', (_, yaml, value, decider) => {
    const answer = modeOf(yaml);
    expect(answer.value).toBe(value);
    expect(answer.reasons[0].object?.name).toBe(decider);
  });

  it('names the field that decides', () => {
    expect(modeOf(policy('n', STRICT)).reasons[0].field).toBe('spec.mtls.mode');
    expect(
      modeOf(
        policy('w', `{ ${OWN}, portLevelMtls: { 8080: { mode: STRICT } } }`),
      ).reasons[0].field,
    ).toBe('spec.portLevelMtls.8080.mode');
  });

  it('says which policies have no effect, and why', () => {
    const texts = modeOf(
      policy('a', STRICT) + policy('b', DISABLE),
    ).reasons.map(({ text }) => text);
    expect(texts).toContain(
      'PeerAuthentication shop/b has no effect here: PeerAuthentication shop/a is older, and only the oldest counts',
    );
    const root = modeOf(
      policy('r', `{ ${OWN}, mtls: { mode: STRICT } }`, 'istio-system'),
      8080,
      { namespace: 'istio-system', labels: { app: 'reviews' } },
    );
    expect(root.reasons.map(({ text }) => text).join()).toMatch(
      /istio-system\/r has no effect/,
    );
  });

  it('is unknown where policies cannot be read, and PERMISSIVE where the cluster has no such kind', () => {
    const subject = { namespace: 'shop', labels: {} };
    const kindId = 'security.istio.io/PeerAuthentication' as const;
    const forbidden = clusterOf(ISTIO, { forbidden: [kindId] });
    expect(
      effectiveMode(forbidden, subject, 80, meshConfig(forbidden)),
    ).toMatchObject({ value: 'unknown', cause: 'forbidden' });
    const absent = clusterOf(ISTIO).apply([
      {
        type: 'read',
        kindId,
        read: { state: 'absent', message: 'not served' },
      },
    ]);
    expect(effectiveMode(absent, subject, 80, meshConfig(absent)).value).toBe(
      'PERMISSIVE',
    );
  });

  it('is unknown where a policy that might decide is malformed, and not where one elsewhere is', () => {
    const bad = (namespace: string) =>
      policy('bad', '{ mtls: { mode: LOOSE } }', namespace);
    expect(modeOf(bad('shop'))).toMatchObject({
      value: 'unknown',
      cause: 'malformed',
      reasons: [{ field: 'spec.mtls.mode' }],
    });
    expect(modeOf(bad('istio-system')).value).toBe('unknown');
    expect(modeOf(bad('other')).value).toBe('PERMISSIVE');
  });

  describe('without the settings of the mesh', () => {
    const of = (yaml: string, namespace = 'shop') => {
      const snapshot = clusterOf(yaml);
      return effectiveMode(
        snapshot,
        { namespace, labels: { app: 'reviews' } },
        8080,
        meshConfig(snapshot),
      );
    };

    it('is what the namespace or the workload decides', () => {
      expect(of(policy('n', STRICT)).value).toBe('STRICT');
      expect(of(policy('w', `{ ${OWN}, mtls: { mode: DISABLE } }`)).value).toBe(
        'DISABLE',
      );
    });

    it('is unknown where the mesh would have to decide', () => {
      expect(of('')).toMatchObject({ value: 'unknown', cause: 'absent' });
      expect(of(policy('n', '{}')).value).toBe('unknown');
      expect(
        of(policy('n', STRICT, 'istio-system'), 'istio-system').value,
      ).toBe('unknown');
    });
  });

  it('follows another root namespace', () => {
    const snapshot = clusterOf(
      meshSettings().replace(
        'rootNamespace: istio-system',
        'rootNamespace: config',
      ) +
        policy('m', STRICT, 'config') +
        policy('n', DISABLE, 'istio-system'),
    );
    expect(
      effectiveMode(
        snapshot,
        { namespace: 'shop', labels: {} },
        80,
        meshConfig(snapshot),
      ).value,
    ).toBe('STRICT');
  });

  const mode = fc.constantFrom('UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT');
  const any = fc.record({
    namespace: fc.constantFrom('shop', 'istio-system', 'other'),
    selector: fc.constantFrom(
      '',
      `${OWN}, `,
      'selector: { matchLabels: { app: x } }, ',
    ),
    mode,
    port: fc.option(mode, { nil: undefined }),
    created: fc.integer({ min: 0, max: 3 }),
  });

  it('does not change by policies that cannot decide', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 5 }), policies => {
        const yaml = (list: typeof policies) =>
          list
            .map((one, i) =>
              policy(
                `p${policies.indexOf(one)}-${i}`,
                `{ ${one.selector}mtls: { mode: ${one.mode} }${
                  one.port
                    ? `, portLevelMtls: { 8080: { mode: ${one.port} } }`
                    : ''
                } }`,
                one.namespace,
                `2026-01-01T00:00:0${one.created}Z`,
              ),
            )
            .join('');
        const relevant = policies.filter(
          one =>
            one.namespace !== 'other' &&
            !one.selector.includes('app: x') &&
            !(one.namespace === 'istio-system' && one.selector !== ''),
        );
        // Names order policies of one age, so that both runs have to name them alike.
        expect(
          modeOf(yaml(policies.filter(one => relevant.includes(one)))).value,
        ).toBe(modeOf(yaml(relevant)).value);
        expect(
          modeOf(
            yaml([
              ...relevant,
              ...policies.filter(one => !relevant.includes(one)),
            ]),
          ).value,
        ).toBe(modeOf(yaml(relevant)).value);
      }),
      { numRuns: 60 },
    );
  });
});

describe('namespaceMode', () => {
  it.each([
    ['nothing', '', 'PERMISSIVE'],
    ['the mesh', policy('m', DISABLE, 'istio-system'), 'DISABLE'],
    [
      'the namespace',
      policy('m', DISABLE, 'istio-system') + policy('n', STRICT),
      'STRICT',
    ],
    [
      'not a workload',
      policy('w', `{ ${OWN}, mtls: { mode: DISABLE } }`),
      'PERMISSIVE',
    ],
  ])('is decided by %s', (_, yaml, value) => {
    const snapshot = clusterOf(ISTIO + yaml);
    expect(namespaceMode(snapshot, 'shop', meshConfig(snapshot)).value).toBe(
      value,
    );
  });
});

it('has policies by namespace, older first, of those without a selector one a namespace', () => {
  const snapshot = clusterOf(
    ISTIO +
      policy('later', STRICT) +
      policy('first', STRICT, 'shop', '2025-01-01T00:00:00Z') +
      policy('own', `{ ${OWN} }`, 'shop', '2024-01-01T00:00:00Z') +
      policy('mesh', STRICT, 'istio-system') +
      policy('selecting', `{ ${OWN} }`, 'istio-system') +
      policy('other', '{ selector: { matchLabels: { app: x } } }') +
      policy('behind', STRICT, 'pay'),
  );
  const of = (...services: string[]) =>
    attachedPeerAuthentications(
      snapshot,
      { namespace: 'shop', labels: { app: 'reviews' } },
      'istio-system',
      services,
    ).map(({ metadata }) => metadata.name);
  expect(of()).toEqual(['own', 'first', 'mesh', 'selecting']);
  expect(of('pay')).toEqual(['own', 'first', 'mesh', 'selecting', 'behind']);
});

it.each([
  ['nothing', '', 'unwritten'],
  [
    'a mesh policy without a mode',
    policy('m', '{}', 'istio-system'),
    'PERMISSIVE',
  ],
  ['a namespace policy without a mode', policy('n', '{}'), 'PERMISSIVE'],
])('the mode of a namespace is written by %s', (_, yaml, value) => {
  const snapshot = clusterOf(ISTIO + yaml);
  expect(
    writtenNamespaceMode(snapshot, 'shop', meshConfig(snapshot)).value,
  ).toBe(value);
});
