import fc from 'fast-check';
import { ChecklistRecord } from '../contract/readiness';
import { checklistRecordBodySchema } from '../contract/schemas/readiness';
import { Measured } from './combine';
import { decideChecklist, sumCounts } from './decide';

const NOW = new Date('2026-03-10T12:00:00Z');
const MEASURED = 'security-setup.configure-network-policies';
const ATTESTED = 'testing.performance-test';
const BOTH = 'performance-tuning.scale-as-needed';

let count = 0;

function record(
  of: string,
  kind: ChecklistRecord['kind'],
  rest: Partial<ChecklistRecord> = {},
): ChecklistRecord {
  count += 1;
  return {
    id: String(count).padStart(6, '0'),
    item: of,
    kind,
    reason: 'As agreed',
    expires: '2026-04-01',
    createdAt: new Date(NOW.getTime() - 1e6 + count).toISOString(),
    createdBy: 'user:default/jo',
    ...rest,
  };
}

function item(
  id: string,
  records: ChecklistRecord[],
  state?: Measured['state'],
) {
  const measured = new Map<string, Measured>(
    state ? [[id, { state, evidence: 'Measured', reasons: [] }]] : [],
  );
  const found = decideChecklist(measured, records, NOW)
    .flatMap(({ items }) => items)
    .find(candidate => candidate.id === id);
  if (!found) {
    throw new TypeError(id);
  }
  return found;
}

const REVOKED = {
  revoked: { at: NOW.toISOString(), by: 'user:default/jo', reason: 'Wrong' },
};

describe('decideChecklist', () => {
  it.each([
    ['nothing said, not measured', ATTESTED, [], undefined, 'unknown'],
    [
      'attested',
      ATTESTED,
      [record(ATTESTED, 'attestation')],
      undefined,
      'attested',
    ],
    ['waived', ATTESTED, [record(ATTESTED, 'waiver')], undefined, 'waived'],
    [
      'attested and waived',
      ATTESTED,
      [record(ATTESTED, 'attestation'), record(ATTESTED, 'waiver')],
      undefined,
      'attested',
    ],
    [
      'revoked',
      ATTESTED,
      [record(ATTESTED, 'attestation', REVOKED)],
      undefined,
      'unknown',
    ],
    [
      'a newer one is revoked: the older does not come back',
      ATTESTED,
      [
        record(ATTESTED, 'attestation'),
        record(ATTESTED, 'attestation', REVOKED),
      ],
      undefined,
      'unknown',
    ],
    [
      'on its last day',
      ATTESTED,
      [record(ATTESTED, 'attestation', { expires: '2026-03-10' })],
      undefined,
      'attested',
    ],
    [
      'the day after',
      ATTESTED,
      [record(ATTESTED, 'attestation', { expires: '2026-03-09' })],
      undefined,
      'unknown',
    ],
    [
      'measured: a waiver covers a failure',
      MEASURED,
      [record(MEASURED, 'waiver')],
      'fail',
      'waived',
    ],
    [
      'measured: no person passes it',
      MEASURED,
      [record(MEASURED, 'attestation')],
      'fail',
      'fail',
    ],
    [
      'measured: a waiver lowers no pass',
      MEASURED,
      [record(MEASURED, 'waiver')],
      'pass',
      'pass',
    ],
    [
      'both: attested where rules find nothing',
      BOTH,
      [record(BOTH, 'attestation')],
      'fail',
      'attested',
    ],
    ['both: passes', BOTH, [record(BOTH, 'attestation')], 'pass', 'pass'],
    ['both: unknown without a person', BOTH, [], 'unknown', 'unknown'],
  ] as const)('%s', (_, id, records, state, expected) => {
    expect(item(id, [...records], state).state).toBe(expected);
  });

  it('falls back to what was measured when a waiver expires, and says so', () => {
    const expired = record(MEASURED, 'waiver', { expires: '2026-03-01' });
    expect(item(MEASURED, [expired], 'fail')).toMatchObject({
      state: 'fail',
      evidence: 'Measured',
      expired:
        'The waiver by user:default/jo expired: its last day was 2026-03-01',
      waiver: expired,
    });
  });

  it('names a cause for what nobody has attested', () => {
    expect(item(ATTESTED, [])).toMatchObject({
      state: 'unknown',
      cause: 'not-assessed',
      evidence: 'Nobody has attested it',
    });
  });

  it('shows what was measured beside the reason of a waiver', () => {
    expect(item(MEASURED, [record(MEASURED, 'waiver')], 'fail')).toMatchObject({
      evidence: 'As agreed',
      measured: 'fail',
    });
  });

  it('decides the same whatever the order of the records, and passes nothing that was not measured so', () => {
    const anyRecord = fc
      .record({
        item: fc.constantFrom(MEASURED, ATTESTED, BOTH),
        kind: fc.constantFrom('attestation' as const, 'waiver' as const),
        expires: fc.constantFrom('2026-03-01', '2026-05-01'),
        createdAt: fc.constantFrom(
          '2026-03-01T00:00:00.000Z',
          '2026-03-02T00:00:00.000Z',
        ),
        revoked: fc.boolean(),
      })
      .map(({ revoked, ...rest }) =>
        record(rest.item, rest.kind, { ...rest, ...(revoked && REVOKED) }),
      );
    const state = fc.constantFrom<Measured['state']>(
      'pass',
      'fail',
      'unknown',
      'not-applicable',
    );
    fc.assert(
      fc.property(
        fc.array(anyRecord, { maxLength: 6 }),
        state,
        (records, measured) => {
          for (const id of [MEASURED, BOTH]) {
            const once = item(id, records, measured);
            expect(item(id, [...records].reverse(), measured)).toEqual(once);
            expect(once.state === 'pass').toBe(measured === 'pass');
          }
          expect(item(ATTESTED, records).state).not.toBe('pass');
        },
      ),
    );
  });

  it('counts every item once', () => {
    const sections = decideChecklist(new Map(), [], NOW);
    expect(sumCounts(sections.map(({ counts }) => counts))).toEqual({
      pass: 0,
      fail: 0,
      attested: 0,
      waived: 0,
      unknown: 55,
      'not-applicable': 0,
    });
  });
});

describe('checklistRecordBodySchema', () => {
  const body = { reason: 'As agreed', expires: '2026-04-01' };

  it.each([
    ['reason', { reason: '  ' }],
    ['reason', { reason: 'x'.repeat(10_000) }],
    ['reason', { reason: 7 }],
    ['link', { link: 'data:text/html,x' }],
    ['link', { link: 'ftp://files.example.com' }],
    ['link', { link: 'proof' }],
    ['expires', { expires: 'tomorrow' }],
    ['expires', { expires: '2026-02-30' }],
    ['expires', { expires: undefined }],
  ])('names %s in %j', (field, change) => {
    const result = checklistRecordBodySchema.safeParse({ ...body, ...change });
    expect(result.error?.issues.map(({ path }) => path)).toEqual([[field]]);
  });

  it('takes text as it is, HTML too', () => {
    const reason = '<img src=x onerror=alert(1)>';
    expect(
      checklistRecordBodySchema.parse({
        ...body,
        reason,
        link: 'https://wiki.example.com/proof',
      }),
    ).toMatchObject({ reason });
  });
});
