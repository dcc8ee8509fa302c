import { act, renderHook } from '@testing-library/react';
import { MARK_MS, useChanged } from './useChanged';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('marks a change for a moment, and nothing at first', () => {
  const { result, rerender } = renderHook(({ shown }) => useChanged(shown), {
    initialProps: { shown: 'a' },
  });
  expect(result.current).toBe(false);
  rerender({ shown: 'a' });
  expect(result.current).toBe(false);
  rerender({ shown: 'b' });
  expect(result.current).toBe(true);
  act(() => {
    jest.advanceTimersByTime(MARK_MS);
  });
  expect(result.current).toBe(false);
});
