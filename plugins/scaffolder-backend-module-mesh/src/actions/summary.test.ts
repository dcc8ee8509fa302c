import { Placement } from 'backstage-plugin-mesh-common';
import { placeText } from './summary';

const place: Placement = {
  cluster: 'east',
  namespace: 'shop',
  mode: { value: 'none', reasons: [] },
};

describe('placeText', () => {
  it.each<[string, Partial<Placement>]>([
    ['no mesh in the namespace shop on east', {}],
    [
      'a mesh that is not known, if any, in the namespace shop on east',
      { mode: { value: 'unknown', reasons: [] } },
    ],
    [
      'Istio (sidecar) in the namespace shop on east',
      {
        mesh: 'istio',
        meshTitle: 'Istio',
        mode: { value: 'sidecar', reasons: [] },
      },
    ],
    [
      'istio (ambient, waypoint shop/way) in the namespace shop on east',
      {
        mesh: 'istio',
        mode: { value: 'ambient', reasons: [] },
        waypoint: { namespace: 'shop', name: 'way' },
      },
    ],
  ])('%s', (text, change) => {
    expect(placeText({ ...place, ...change })).toBe(text);
  });
});
