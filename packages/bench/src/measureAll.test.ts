import { LINES } from './lines';
import { measureAll } from './measureAll';
import { fails, toMeasured } from './report';

const said = jest.spyOn(process.stderr, 'write');

beforeEach(() => {
  said.mockReset();
  said.mockReturnValue(true);
});

afterAll(() => said.mockRestore());

describe('measureAll', () => {
  it('makes each measurement once, whatever number of lines come from it', async () => {
    const run = jest.fn(async () => ({}));
    await measureAll(LINES, run);
    expect(run.mock.calls).toEqual([
      ['analysis'],
      ['memory'],
      ['loop'],
      ['cliStart'],
      ['cliAnalyze'],
      ['linkerdAnalysis'],
      ['linkerdMemory'],
      ['linkerdLoop'],
      ['linkerdCliAnalyze'],
    ]);
  });

  it('goes on where one breaks, whose lines are missing and fail', async () => {
    const lines = LINES.filter(({ name }) =>
      ['memory-L', 'cli-start'].includes(name),
    );
    const values = await measureAll(lines, async name => {
      if (name === 'memory') {
        throw new Error('the measurement memory ended with 134');
      }
      return { 'cli-start': 2 };
    });
    expect(values).toEqual(new Map([['cli-start', 2]]));
    expect(
      lines.map(line => toMeasured(line, values)).filter(fails),
    ).toMatchObject([{ name: 'memory-L', value: null }]);
    expect(said.mock.calls.join('')).toContain(
      'the measurement memory ended with 134',
    );
  });

  it('has a line missing that its measurement does not tell of', async () => {
    const lines = LINES.filter(({ name }) => name === 'memory-L');
    const values = await measureAll(lines, async () => ({ other: 1 }));
    expect(fails(toMeasured(lines[0], values))).toBe(true);
  });
});
