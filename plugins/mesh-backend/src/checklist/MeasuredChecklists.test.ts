import { MeasuredChecklists, MeasuredItems } from './MeasuredChecklists';

const REVIEWS = 'component:default/reviews';
const PAGE = 'component:default/page';

describe('MeasuredChecklists', () => {
  const nothing: MeasuredItems = new Map();
  const a = {};
  const b = {};

  function make() {
    const checklists = MeasuredChecklists.create();
    const measured: string[] = [];
    const ask = (ref: string, ...inputs: object[]) =>
      checklists.get(ref, inputs, () => {
        measured.push(ref);
        return nothing;
      });
    return { checklists, measured, ask };
  }

  it('measures again only where an input is another object', () => {
    const { measured, ask } = make();
    ask(REVIEWS, a, b);
    ask(REVIEWS, a, b);
    expect(measured).toEqual([REVIEWS]);
    ask(REVIEWS, a);
    ask(REVIEWS, b, a);
    expect(measured).toEqual([REVIEWS, REVIEWS, REVIEWS]);
  });

  it('forgets entities that are gone, and no other', () => {
    const { checklists, measured, ask } = make();
    ask(REVIEWS, a);
    ask(PAGE, a);
    checklists.retain(new Set([PAGE]));
    ask(PAGE, a);
    expect(measured).toEqual([REVIEWS, PAGE]);
    ask(REVIEWS, a);
    expect(measured).toEqual([REVIEWS, PAGE, REVIEWS]);
  });
});
