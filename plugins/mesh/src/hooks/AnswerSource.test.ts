import { ResponseError } from '@backstage/errors';
import { waitFor } from '@testing-library/react';
import { AnswerSource } from './AnswerSource';

/** Answers when the test says so. */
function controlled<T>() {
  const asked: {
    resolve(value: T): void;
    reject(error: Error): void;
    signal: AbortSignal;
  }[] = [];
  const read = (signal: AbortSignal) =>
    new Promise<T>((resolve, reject) => {
      asked.push({ resolve, reject, signal });
    });
  return { asked, read };
}

async function refusal(status: number): Promise<ResponseError> {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name: 'Error', message: 'no' },
        response: { statusCode: status },
      }),
      { status, headers: { 'content-type': 'application/json' } },
    ),
  );
}

const answer = { n: 1 };

describe('AnswerSource', () => {
  it('is loading, then loaded', async () => {
    const { asked, read } = controlled<object>();
    const source = AnswerSource.create({ read });
    const listener = jest.fn();
    source.subscribe(listener);
    expect(source.state).toEqual({ status: 'loading' });
    const done = source.refresh();
    asked[0].resolve(answer);
    await done;
    expect(source.state).toMatchObject({ status: 'loaded', value: answer });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('tells nobody of an unchanged answer but the clock', async () => {
    let now = new Date(1000);
    const source = AnswerSource.create({
      read: async () => answer,
      now: () => now,
    });
    await source.refresh();
    const listener = jest.fn();
    const clock = jest.fn();
    source.subscribe(listener);
    source.freshness.subscribe(clock);
    now = new Date(2000);
    await source.refresh();
    expect(listener).not.toHaveBeenCalled();
    expect(clock).toHaveBeenCalledTimes(1);
    expect(source.freshness.checkedAt()).toEqual(new Date(2000));
  });

  it('asks once more after the question on its way, however often it is told to', async () => {
    const { asked, read } = controlled<object>();
    const source = AnswerSource.create({ read });
    const done = source.refresh();
    source.refresh();
    source.refresh();
    expect(asked).toHaveLength(1);
    asked[0].resolve(answer);
    await waitFor(() => expect(asked).toHaveLength(2));
    asked[1].resolve({ n: 2 });
    await done;
    expect(asked).toHaveLength(2);
    expect(source.state).toMatchObject({ value: { n: 2 } });
  });

  it('keeps an old picture, with the reason why it is old', async () => {
    const { asked, read } = controlled<object>();
    const source = AnswerSource.create({ read });
    let done = source.refresh();
    asked[0].resolve(answer);
    await done;
    done = source.refresh();
    asked[1].reject(new Error('down'));
    await done;
    expect(source.state).toMatchObject({
      status: 'loaded',
      value: answer,
      failure: new Error('down'),
    });
    done = source.refresh();
    asked[2].resolve(answer);
    await done;
    expect(source.state).not.toHaveProperty('failure');
  });

  it.each([
    [403, 'forbidden'],
    [404, 'notFound'],
  ])('drops the picture on %p', async (status, expected) => {
    const { asked, read } = controlled<object>();
    const source = AnswerSource.create({ read });
    let done = source.refresh();
    asked[0].resolve(answer);
    await done;
    done = source.refresh();
    asked[1].reject(await refusal(status));
    await done;
    expect(source.state).toMatchObject({ status: expected });
    expect(source.state).not.toHaveProperty('value');
  });

  it('says what failed where there is no picture yet', async () => {
    const source = AnswerSource.create({
      read: async () => {
        throw await refusal(500);
      },
    });
    await source.refresh();
    expect(source.state).toMatchObject({
      status: 'error',
      error: expect.objectContaining({ statusCode: 500 }),
    });
  });

  it('ignores the answer to a question that was given up', async () => {
    const { asked, read } = controlled<object>();
    const source = AnswerSource.create({ read });
    const listener = jest.fn();
    source.subscribe(listener);
    const done = source.refresh();
    source.refresh();
    source.abort();
    expect(asked[0].signal.aborted).toBe(true);
    asked[0].resolve(answer);
    await done;
    expect(asked).toHaveLength(1);
    expect(source.state).toEqual({ status: 'loading' });
    expect(listener).not.toHaveBeenCalled();
  });

  it('can ask again after it was given up', async () => {
    const { asked, read } = controlled<object>();
    const source = AnswerSource.create({ read });
    source.refresh();
    source.abort();
    const done = source.refresh();
    asked[1].resolve(answer);
    await done;
    expect(source.state).toMatchObject({ status: 'loaded' });
  });
});
