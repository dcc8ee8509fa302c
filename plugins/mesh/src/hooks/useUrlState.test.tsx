import { act, renderHook } from '@testing-library/react';
import { PropsWithChildren } from 'react';
import { MemoryRouter, useLocation, useNavigate } from 'react-router-dom';
import { useUrlState } from './useUrlState';

const wrapper = ({ children }: PropsWithChildren<{}>) => (
  <MemoryRouter initialEntries={['/mtls?window=300&other=1']}>
    {children}
  </MemoryRouter>
);

function setup() {
  return renderHook(
    () => ({
      url: useUrlState(),
      search: useLocation().search,
      navigate: useNavigate(),
    }),
    { wrapper },
  );
}

describe('useUrlState', () => {
  it('reads, sets and removes, and leaves the rest', () => {
    const { result } = setup();
    expect(result.current.url.get('window')).toBe('300');
    expect(result.current.url.get('workload')).toBeUndefined();
    act(() => result.current.url.set({ workload: 'east,shop', window: '' }));
    expect(result.current.search).toBe('?other=1&workload=east%2Cshop');
  });

  it('can be undone by Back, unless it replaced what was there', () => {
    const { result } = setup();
    act(() => result.current.url.set({ reason: 'verdict' }));
    act(() => result.current.url.set({ object: 'a' }, { replace: true }));
    act(() => result.current.navigate(-1));
    expect(result.current.search).toBe('?window=300&other=1');
  });
});
