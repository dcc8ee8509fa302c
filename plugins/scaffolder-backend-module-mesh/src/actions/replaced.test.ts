import { PlannedObjectState } from 'backstage-plugin-mesh-common';
import { PLACEMENTS } from '../__testUtils__/answers';
import { plannedObjects, replacedNotes } from './replaced';

const place = { cluster: 'east', namespace: 'shop' };
const service = { group: '', kind: 'Service', name: 'cart' };
const account = { group: '', kind: 'ServiceAccount', name: 'cart' };

function notes(
  states: readonly PlannedObjectState[] | undefined,
  overwrite = false,
) {
  return replacedNotes({
    planned: [service, account],
    place,
    overwrite,
    answer: {
      ...PLACEMENTS,
      placements: PLACEMENTS.placements.map(placement =>
        placement.namespace === 'shop' && states
          ? { ...placement, planned: [...states] }
          : placement,
      ),
    },
  });
}

it('says that nothing is there only where all is known', () => {
  expect(
    notes([
      { ...service, state: 'absent' },
      { ...account, state: 'absent' },
    ]),
  ).toEqual(['Nothing of these names is on east yet']);
});

it('refuses to replace, and lists what is there', () => {
  expect(() =>
    notes([
      { ...service, state: 'exists' },
      { ...account, state: 'exists' },
    ]),
  ).toThrow(
    'name: on east there are already Service shop/cart, ServiceAccount shop/cart, which the manifests would replace. Give another name or namespace, or set overwrite if that is meant',
  );
});

it('replaces what is meant, and says so', () => {
  expect(
    notes(
      [
        { ...service, state: 'exists' },
        { ...account, state: 'absent' },
      ],
      true,
    ),
  ).toEqual([
    'Applying the manifests replaces what is on east already, as was asked for: Service shop/cart',
  ]);
});

it('says of what could not be read that it is not known, never that it is new', () => {
  expect(
    notes([
      { ...service, state: 'absent' },
      { ...account, state: 'unknown', why: 'It may not be listed' },
    ]),
  ).toEqual([
    'It is not known whether east has these already, which applying the manifests would replace: ServiceAccount shop/cart (It may not be listed)',
  ]);
});

it('takes a backend that does not say for one that does not know', () => {
  expect(notes(undefined)).toEqual([
    expect.stringContaining(
      'Service shop/cart (the mesh backend does not say), ServiceAccount shop/cart (the mesh backend does not say)',
    ),
  ]);
});

it('tells the kinds of API groups apart', () => {
  const manifest = (apiVersion: string, kind: string) => ({
    object: { apiVersion, kind, metadata: { name: 'cart' } },
    purpose: '',
    satisfies: [],
  });
  expect(
    plannedObjects([
      manifest('v1', 'Service'),
      manifest('policy.linkerd.io/v1alpha1', 'AuthorizationPolicy'),
    ]),
  ).toEqual([
    service,
    { group: 'policy.linkerd.io', kind: 'AuthorizationPolicy', name: 'cart' },
  ]);
});
