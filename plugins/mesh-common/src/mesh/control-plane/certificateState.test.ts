import { ControlPlaneCertificate } from '../../contract/controlPlane';
import { certificateState } from './certificateState';

const NOW = new Date('2026-11-26T12:00:00Z');

function certificate(
  fields: Partial<ControlPlaneCertificate>,
): ControlPlaneCertificate {
  return {
    id: 'root',
    title: 'Root',
    validity: { value: 'known', reasons: [] },
    warnBelowDays: 30,
    ...fields,
  };
}

type Renewal = NonNullable<ControlPlaneCertificate['renewal']>;

const WORKS: Renewal = { value: 'good', reasons: [] };
const FAILS: Renewal = { value: 'bad', reasons: [] };
const UNTOLD: Renewal = { value: 'unknown', reasons: [] };

describe('certificateState', () => {
  it.each<
    [string, Partial<ControlPlaneCertificate>, string, number | undefined]
  >([
    ['is valid', { notAfter: '2027-06-01T12:00:00Z' }, 'valid', 187],
    [
      'has its threshold left',
      { notAfter: '2026-12-26T12:00:00Z' },
      'valid',
      30,
    ],
    ['has a second less', { notAfter: '2026-12-26T11:59:59Z' }, 'ending', 29],
    ['ends today', { notAfter: '2026-11-26T13:00:00Z' }, 'ending', 0],
    ['ends this moment', { notAfter: '2026-11-26T12:00:00Z' }, 'expired', 0],
    ['ended', { notAfter: '2026-11-01T00:00:00Z' }, 'expired', 0],
    [
      'is for later',
      { notBefore: '2026-12-01T00:00:00Z', notAfter: '2027-12-01T00:00:00Z' },
      'not-yet-valid',
      369,
    ],
    [
      'is short, and renewed in time',
      {
        notAfter: '2026-11-27T12:00:00Z',
        renewalTime: '2026-11-27T04:00:00Z',
        renewal: WORKS,
      },
      'valid',
      1,
    ],
    [
      'should have been renewed',
      {
        notAfter: '2027-06-01T12:00:00Z',
        renewalTime: '2026-11-20T00:00:00Z',
        renewal: WORKS,
      },
      'overdue',
      187,
    ],
    [
      'is to be renewed, which does not work',
      {
        notAfter: '2026-12-01T12:00:00Z',
        renewalTime: '2026-11-29T00:00:00Z',
        renewal: FAILS,
      },
      'ending',
      5,
    ],
    [
      'is renewed by somebody who does not say whether it works',
      {
        notAfter: '2026-12-01T12:00:00Z',
        renewalTime: '2026-11-29T00:00:00Z',
        renewal: UNTOLD,
      },
      'ending',
      5,
    ],
    ['has no end', {}, 'unknown', undefined],
    ['has an end that is no time', { notAfter: 'soon' }, 'unknown', undefined],
    [
      'is not known, whatever else is said',
      {
        validity: { value: 'unknown', reasons: [] },
        notAfter: '2027-06-01T12:00:00Z',
      },
      'unknown',
      undefined,
    ],
  ])('of one that %s', (_, fields, state, daysLeft) => {
    expect(certificateState(certificate(fields), NOW)).toEqual({
      state,
      ...(daysLeft !== undefined && { daysLeft }),
    });
  });
});
