import { testTranslate } from '../../__testUtils__/testTranslate';
import {
  recordProblems,
  RecordProblems,
  RECORD_FIELDS,
  RecordValues,
  refusedFields,
} from './recordProblems';

const t = testTranslate();
const NOW = new Date('2026-03-01T12:00:00Z');
const GOOD = { reason: 'Not yet', link: '', expires: '2026-03-01' };

describe('recordProblems', () => {
  it.each<[string, Partial<RecordValues>, RecordProblems]>([
    ['nothing', {}, {}],
    ['nothing', { link: 'https://a.example/b', expires: '2028-03-01' }, {}],
    ['a missing reason', { reason: '  ' }, { reason: 'Say why.' }],
    [
      'a long reason',
      { reason: 'a'.repeat(2001) },
      { reason: 'At most 2000 characters; put more behind the link.' },
    ],
    [
      'a link of another scheme',
      { link: 'ftp://a.example/b' },
      { link: 'Write a whole address that begins with http:// or https://.' },
    ],
    ['no day', { expires: '' }, { expires: 'Give the last day.' }],
    [
      'a day that is over',
      { expires: '2026-02-28' },
      { expires: 'This day is over. Give today (UTC) or a later day.' },
    ],
    [
      'a day that is far away',
      { expires: '2028-03-02' },
      { expires: 'At most two years away: 2028-03-01 or earlier.' },
    ],
  ])('finds %s', (_, change, problems) => {
    expect(
      recordProblems(t, { ...GOOD, ...change }, RECORD_FIELDS, NOW),
    ).toEqual(problems);
  });

  it('looks at the fields that are shown only', () => {
    expect(
      recordProblems(t, { ...GOOD, expires: '' }, ['reason'], NOW),
    ).toEqual({});
  });
});

describe('refusedFields', () => {
  it.each<[string, RecordProblems, boolean]>([
    [
      'Invalid body member "expires": 2020-01-01 is in the past; the last day may be today; Invalid body member "link": expected an http or https URL',
      {
        expires: '2020-01-01 is in the past; the last day may be today',
        link: 'Expected an http or https URL',
      },
      true,
    ],
    [
      'Invalid body member "reason": too long; Unknown body member "x"',
      { reason: 'Too long' },
      false,
    ],
    ['The database is away', {}, false],
  ])('%s', (message, fields, isOfFieldsOnly) => {
    expect(refusedFields(new Error(message))).toEqual({
      fields,
      isOfFieldsOnly,
    });
  });
});
