import { Turn } from './Turn';

describe('Turn', () => {
  const now = jest.spyOn(performance, 'now');
  let time = 0;

  beforeEach(() => {
    time = 1_000;
    now.mockImplementation(() => time);
  });

  afterAll(() => now.mockRestore());

  it('is over after five milliseconds', () => {
    const turn = new Turn();
    time += 5;
    expect(turn.isOver).toBe(false);
    time += 1;
    expect(turn.isOver).toBe(true);
  });

  it('is followed by another one, after others have had theirs', async () => {
    const turn = new Turn();
    time += 11;
    const others = jest.fn();
    setImmediate(others);
    await turn.next();
    expect(others).toHaveBeenCalledTimes(1);
    expect(turn.isOver).toBe(false);
    time += 11;
    expect(turn.isOver).toBe(true);
  });
});
