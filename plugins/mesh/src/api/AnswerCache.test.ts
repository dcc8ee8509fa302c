import { AnswerCache } from './AnswerCache';

describe('AnswerCache', () => {
  it('drops what was not used for longest', () => {
    const cache = AnswerCache.create<number>({ size: 2 });
    cache.set('a', { etag: '1', value: 1 });
    cache.set('b', { etag: '2', value: 2 });
    cache.get('a');
    cache.set('c', { etag: '3', value: 3 });
    expect(cache.get('b')).toBeUndefined();
    expect(cache.get('a')).toEqual({ etag: '1', value: 1 });
    expect(cache.get('c')).toEqual({ etag: '3', value: 3 });
  });

  it('forgets on demand', () => {
    const cache = AnswerCache.create<number>({ size: 2 });
    cache.set('a', { etag: '1', value: 1 });
    cache.delete('a');
    expect(cache.get('a')).toBeUndefined();
  });
});
