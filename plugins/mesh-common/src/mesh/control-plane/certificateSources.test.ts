import { ControlPlaneCertificate } from '../../contract/controlPlane';
import { certificateSources, unusedRenewal } from './certificateSources';

function known(
  notAfter: string,
  more: Partial<ControlPlaneCertificate> = {},
): ControlPlaneCertificate {
  return {
    id: 'root',
    title: 'Root',
    validity: { value: 'known', reasons: [] },
    notAfter,
    warnBelowDays: 30,
    ...more,
  };
}

const unknown = (id = 'root'): ControlPlaneCertificate => ({
  id,
  title: id,
  validity: { value: 'unknown', cause: 'forbidden', reasons: [] },
  warnBelowDays: 30,
});

const EARLY = '2027-01-01T00:00:00Z';
const LATE = '2028-01-01T00:00:00Z';
const RENEWED = {
  renewalTime: '2026-12-20T00:00:00Z',
  renewal: { value: 'good' as const, reasons: [] },
};

describe('certificateSources', () => {
  it.each<
    [
      string,
      ControlPlaneCertificate,
      ControlPlaneCertificate[],
      string | undefined,
      boolean,
    ]
  >([
    ['objects alone tell of', known(EARLY), [], EARLY, false],
    ['metrics do not tell of', known(EARLY), [unknown()], EARLY, false],
    ['metrics alone tell of', unknown(), [known(EARLY)], EARLY, false],
    ['nobody tells of', unknown(), [unknown()], undefined, false],
    ['both tell the same of', known(EARLY), [known(EARLY)], EARLY, false],
    [
      'both tell nearly the same of',
      known(EARLY),
      [known('2026-12-31T23:59:57Z')],
      EARLY,
      false,
    ],
    ['ends earlier by metrics', known(LATE), [known(EARLY)], EARLY, true],
    ['ends earlier by objects', known(EARLY), [known(LATE)], EARLY, true],
  ])(
    'lets the earlier end count, of one that %s',
    (_, configured, measured, notAfter, differ) => {
      expect(certificateSources([configured], measured)).toEqual([
        {
          certificate: expect.objectContaining({
            id: 'root',
            title: configured.title,
          }),
          configured,
          ...(measured.length > 0 && { measured: measured[0] }),
          differ,
        },
      ]);
      const [{ certificate }] = certificateSources([configured], measured);
      expect(certificate.notAfter).toBe(notAfter);
      expect(certificate.validity.value).toBe(notAfter ? 'known' : 'unknown');
    },
  );

  it('lets a renewal count for what objects tell of alone: what is used may be older', () => {
    const [same] = certificateSources([known(EARLY, RENEWED)], [known(EARLY)]);
    expect(same.certificate).toMatchObject(RENEWED);
    const [older] = certificateSources([known(LATE, RENEWED)], [known(EARLY)]);
    expect(older.certificate).not.toHaveProperty('renewal');
    expect(older.configured).toMatchObject(RENEWED);
  });

  const OLD = known(EARLY, { id: 'root-1' });
  const NEW = known(LATE, { id: 'root-2' });

  it('finds the one of several that a metric speaks of', () => {
    expect(certificateSources([OLD, NEW], [known(LATE)])).toEqual([
      { certificate: OLD, configured: OLD, differ: false },
      {
        certificate: NEW,
        configured: NEW,
        measured: known(LATE),
        differ: false,
      },
    ]);
  });

  it('has a row of its own for a metric that speaks of none of several', () => {
    const other = known('2026-12-01T00:00:00Z');
    expect(certificateSources([OLD, NEW], [other])).toEqual([
      { certificate: OLD, configured: OLD, differ: false },
      { certificate: NEW, configured: NEW, differ: false },
      { certificate: other, measured: other, differ: true },
    ]);
  });

  it('does not take one of another name for it', () => {
    const anchor = known(EARLY, { id: 'root-of-others' });
    expect(
      certificateSources([anchor], [known(EARLY)]).map(({ measured }) =>
        Boolean(measured),
      ),
    ).toEqual([false, true]);
  });
});

describe('unusedRenewal', () => {
  const MADE = '2026-12-20T00:00:00Z';

  it.each<
    [
      string,
      ControlPlaneCertificate,
      string,
      string,
      ReturnType<typeof unusedRenewal>,
    ]
  >([
    [
      'just now',
      known(LATE, { ...RENEWED, notBefore: MADE }),
      EARLY,
      '2026-12-20T00:59:00Z',
      'just-now',
    ],
    [
      'long ago',
      known(LATE, { ...RENEWED, notBefore: MADE }),
      EARLY,
      '2026-12-20T01:01:00Z',
      'long-ago',
    ],
    [
      'at a time that is not known',
      known(LATE, RENEWED),
      EARLY,
      '2027-06-01T00:00:00Z',
      'just-now',
    ],
    [
      'and is in use',
      known(LATE, { ...RENEWED, notBefore: MADE }),
      LATE,
      '2026-12-20T00:00:00Z',
      undefined,
    ],
    [
      'by nobody who is known',
      known(LATE, { notBefore: MADE }),
      EARLY,
      '2026-12-21T00:00:00Z',
      undefined,
    ],
  ])('of one that was renewed %s', (_, configured, measured, now, expected) => {
    const [source] = certificateSources([configured], [known(measured)]);
    expect(unusedRenewal(source, new Date(now))).toBe(expected);
  });
});
