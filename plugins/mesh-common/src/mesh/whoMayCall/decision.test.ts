import { CallCondition, CallDecision } from '../../contract/callDecision';
import {
  allowed,
  conditional,
  denied,
  eitherOf,
  inTurn,
  undecided,
} from './decision';

const A: CallCondition = { subject: 'method', operator: 'in', values: ['GET'] };
const B: CallCondition = { subject: 'path', operator: 'in', values: ['/x'] };
const reason = (text: string) => ({ rule: 'test', text });
const yes = allowed([reason('yes')]);
const no = denied([reason('no')]);
const unread = undecided({
  value: 'unknown',
  cause: 'forbidden',
  reasons: [reason('unread')],
});

describe('inTurn', () => {
  it.each<[string, CallDecision, CallDecision, Partial<CallDecision>]>([
    ['both let it in', yes, yes, { value: 'allowed' }],
    ['the first denies', no, yes, no],
    ['the second denies', yes, no, no],
    ['one that denies beats one that is not known', unread, no, no],
    ['one is not known', yes, unread, unread],
    [
      'both depend',
      conditional([[A]], [], []),
      conditional([[B]], [[A]], []),
      { value: 'depends', allowedWhen: [[A, B]], deniedWhen: [[A]] },
    ],
    [
      'one depends',
      yes,
      conditional([], [[B]], []),
      { value: 'depends', allowedWhen: [], deniedWhen: [[B]] },
    ],
  ])('%s', (_, first, second, expected) =>
    expect(inTurn(first, second)).toMatchObject(expected),
  );
});

describe('eitherOf', () => {
  it('is the decision of all where they agree', () => {
    expect(eitherOf([yes, allowed([])], reason('differ'))).toBe(yes);
  });

  it('is not known where they differ', () => {
    expect(eitherOf([yes, no], reason('differ'))).toMatchObject({
      value: 'unknown',
      reasons: [reason('differ'), reason('allowed: yes'), reason('denied: no')],
    });
  });
});
