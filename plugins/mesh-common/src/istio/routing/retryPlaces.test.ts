import { retryPlaces } from './retryPlaces';

const OTHER = 'a retry goes to another endpoint where there is one';
const SAME =
  'a retry goes to the same endpoint again, which a hash of the request picks';
const REMOTE = 'retries go on to endpoints of other localities';

describe('where retries go', () => {
  it.each<[Parameters<typeof retryPlaces>[0], boolean | undefined, string[]]>([
    [undefined, false, [OTHER]],
    [undefined, true, [SAME]],
    [
      undefined,
      undefined,
      [`${OTHER}, unless a hash of the request picks the endpoint`],
    ],
    [{ retryIgnorePreviousHosts: true }, true, [OTHER]],
    [{ retryIgnorePreviousHosts: true }, undefined, [OTHER]],
    [{ retryIgnorePreviousHosts: false }, true, [SAME]],
    [
      { retryIgnorePreviousHosts: false },
      false,
      ['a retry may go to the same endpoint again'],
    ],
    [
      { retryIgnorePreviousHosts: false },
      undefined,
      ['a retry may go to the same endpoint again'],
    ],
    [{ retryRemoteLocalities: true }, true, [SAME, REMOTE]],
    [{ retryRemoteLocalities: true }, false, [OTHER, REMOTE]],
  ])('%j, by a hash: %s', (written, picksByHash, expected) => {
    expect(retryPlaces(written, picksByHash)).toEqual(expected);
  });
});
