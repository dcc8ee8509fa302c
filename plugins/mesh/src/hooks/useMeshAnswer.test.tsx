import { SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import { TestApiProvider } from '@backstage/test-utils';
import { act, renderHook, waitFor } from '@testing-library/react';
import { MtlsAnswer } from 'backstage-plugin-mesh-common';
import { PropsWithChildren } from 'react';
import { protectedMtls, reviewsMtls } from '../__fixtures__/mtls';
import { MeshApi, meshApiRef, MeshRequest } from '../api/MeshApi';
import { useMeshAnswer } from './useMeshAnswer';
import { POLL_MS } from './useRefreshTriggers';

const request = (name: string): MeshRequest<'mtls'> => ({
  params: { kind: 'component', namespace: 'default', name },
  query: {},
});

function setup(options: { signals?: boolean } = {}) {
  let value: MtlsAnswer = reviewsMtls;
  const read = jest.fn<Promise<MtlsAnswer>, []>(async () => value);
  let signal: (message: object) => void = () => {};
  const signals: SignalApi = {
    subscribe: (_channel, listener) => {
      signal = message => listener(message as never);
      return { unsubscribe: () => {} };
    },
  };
  const wrapper = ({ children }: PropsWithChildren<{}>) => (
    <TestApiProvider
      apis={[
        // No mock has the type of a function that answers each route in its own way.
        [meshApiRef, { read } as unknown as MeshApi],
        ...(options.signals ? ([[signalApiRef, signals]] as const) : []),
      ]}
    >
      {children}
    </TestApiProvider>
  );
  let renders = 0;
  const hook = renderHook(
    ({ name }) => {
      renders += 1;
      return useMeshAnswer('mtls', request(name));
    },
    { wrapper, initialProps: { name: 'reviews' } },
  );
  return {
    ...hook,
    read,
    renders: () => renders,
    answer: (next: MtlsAnswer) => {
      value = next;
    },
    signal: (message: object) => signal(message),
  };
}

afterEach(() => jest.useRealTimers());

describe('useMeshAnswer', () => {
  it('is loading, then loaded', async () => {
    const { result } = setup();
    expect(result.current.status).toBe('loading');
    await waitFor(() => expect(result.current.status).toBe('loaded'));
    expect(result.current).toMatchObject({ value: reviewsMtls });
  });

  it('does not render again for an unchanged answer', async () => {
    const { result, read, renders } = setup();
    await waitFor(() => expect(result.current.status).toBe('loaded'));
    const before = renders();
    await act(async () => result.current.refresh());
    await waitFor(() => expect(read).toHaveBeenCalledTimes(2));
    expect(renders()).toBe(before);
  });

  it('shows nothing of one entity as that of another', async () => {
    const { result, rerender } = setup();
    await waitFor(() => expect(result.current.status).toBe('loaded'));
    rerender({ name: 'ratings' });
    expect(result.current.status).toBe('loading');
    await waitFor(() => expect(result.current.status).toBe('loaded'));
  });

  it('asks again when the backend signals a change', async () => {
    const { result, answer, signal } = setup({ signals: true });
    await waitFor(() => expect(result.current.status).toBe('loaded'));
    answer(protectedMtls);
    act(() => signal({ changed: true }));
    await waitFor(() =>
      expect(result.current).toMatchObject({ value: protectedMtls }),
    );
  });

  it('asks again soon after a start with signals, whose channel may not have been open yet', async () => {
    jest.useFakeTimers();
    const { result, answer } = setup({ signals: true });
    await act(async () => jest.advanceTimersByTimeAsync(0));
    answer(protectedMtls);
    await act(async () => jest.advanceTimersByTimeAsync(10_000));
    expect(result.current).toMatchObject({ value: protectedMtls });
  });

  it('asks slowly in a portal without signals', async () => {
    jest.useFakeTimers();
    const { result, read } = setup();
    await act(async () => jest.advanceTimersByTimeAsync(0));
    expect(result.current.status).toBe('loaded');
    await act(async () => jest.advanceTimersByTimeAsync(POLL_MS));
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('asks when the page comes back into view, unless it has just asked', async () => {
    jest.useFakeTimers();
    const { read } = setup();
    await act(async () => jest.advanceTimersByTimeAsync(1_000));
    await act(async () => window.dispatchEvent(new Event('focus')));
    expect(read).toHaveBeenCalledTimes(1);
    await act(async () => jest.advanceTimersByTimeAsync(9_000));
    await act(async () => window.dispatchEvent(new Event('focus')));
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('asks no more once it is gone', async () => {
    jest.useFakeTimers();
    const { read, unmount } = setup();
    await act(async () => jest.advanceTimersByTimeAsync(0));
    unmount();
    await jest.advanceTimersByTimeAsync(POLL_MS * 3);
    expect(read).toHaveBeenCalledTimes(1);
  });
});
