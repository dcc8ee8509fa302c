import { parseAllDocuments } from 'yaml';
import { formatPlannedObjects, parsePlannedObjects } from '../contract/policy';
import { plannedObjectsSchema } from '../contract/schemas/policy';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { UnreadCause } from '../snapshot/readState';
import { plannedObjectIn } from './plannedObjects';

const OBJECTS = `
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ port: 80 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { rules: no list }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: other, namespace: shop }
spec: { targetRef: { kind: Namespace, name: shop }, requiredAuthenticationRefs: [] }
`;

function snapshot(unread?: UnreadCause) {
  const objects = parseAllDocuments(OBJECTS).map(document => document.toJS());
  const all = MeshSnapshot.of('east', objects, 'cluster');
  return unread
    ? all.apply([
        {
          type: 'read',
          kindId: 'Service',
          read: { state: unread, message: 'It may not be listed' },
        },
      ])
    : all;
}

const service = (name: string) => ({ group: '', kind: 'Service', name });
const policy = (group: string, name: string) => ({
  group,
  kind: 'AuthorizationPolicy',
  name,
});

describe('plannedObjectIn', () => {
  it.each([
    ['exists', service('cart'), undefined],
    ['absent', service('tally'), undefined],
    // The same name in another API group is another object.
    ['absent', policy('policy.linkerd.io', 'cart'), undefined],
    // What rules cannot read is there all the same.
    ['exists', policy('security.istio.io', 'cart'), undefined],
    ['unknown', service('tally'), 'forbidden'],
    ['unknown', service('tally'), 'stale'],
    ['unknown', service('tally'), 'unreachable'],
    ['absent', service('tally'), 'absent'],
    ['exists', service('cart'), 'stale'],
    ['unknown', { group: '', kind: 'Endpoints', name: 'cart' }, undefined],
    ['unknown', { group: '', kind: 'Secret', name: 'cart' }, undefined],
  ] as const)('is %s: %j, read: %s', (state, planned, unread) => {
    expect(plannedObjectIn(snapshot(unread), 'shop', planned)).toMatchObject({
      ...planned,
      state,
    });
  });

  it('says why it is not known', () => {
    expect(
      plannedObjectIn(snapshot('forbidden'), 'shop', service('tally')).why,
    ).toBe('It may not be listed');
  });

  it('keeps to the namespace', () => {
    expect(plannedObjectIn(snapshot(), 'books', service('cart')).state).toBe(
      'absent',
    );
  });
});

describe('the list of planned objects', () => {
  it('is read as it was written', () => {
    const planned = [service('cart'), policy('security.istio.io', 'cart-l4')];
    const text = formatPlannedObjects(planned);
    expect(text).toBe(
      'Service/cart,AuthorizationPolicy.security.istio.io/cart-l4',
    );
    expect(plannedObjectsSchema.safeParse(text).success).toBe(true);
    expect(parsePlannedObjects(text)).toEqual(planned);
  });

  it.each(['', 'Service', 'Service/', '/cart', 'Service/Cart', 'a/b c', ','])(
    'is not %j',
    text => {
      expect(plannedObjectsSchema.safeParse(text).success).toBe(false);
    },
  );

  it('has an end', () => {
    const many = Array.from({ length: 33 }, (_, index) =>
      service(`cart-${index}`),
    );
    expect(
      plannedObjectsSchema.safeParse(formatPlannedObjects(many)).success,
    ).toBe(false);
  });
});
