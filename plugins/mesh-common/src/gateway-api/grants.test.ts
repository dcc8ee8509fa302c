import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { mayRefer } from './grants';

const GROUP = 'gateway.networking.k8s.io';

function allowed(
  to: object[],
  from: object[] = [{ group: GROUP, kind: 'HTTPRoute', namespace: 'shop' }],
) {
  const snapshot = MeshSnapshot.of('east', [
    {
      apiVersion: `${GROUP}/v1beta1`,
      kind: 'ReferenceGrant',
      metadata: { name: 'grant', namespace: 'pay' },
      spec: { from, to },
    },
  ]);
  return (kind: string, namespace: string, target: string, name = 'bill') =>
    mayRefer(
      snapshot,
      { kind, namespace },
      { group: '', kind: 'Service', namespace: target, name },
    );
}

describe('mayRefer', () => {
  const services = allowed([{ group: '', kind: 'Service' }]);

  it.each([
    ['HTTPRoute', 'shop', 'pay', true],
    ['GRPCRoute', 'shop', 'pay', false],
    ['HTTPRoute', 'web', 'pay', false],
    ['HTTPRoute', 'shop', 'web', false],
    ['HTTPRoute', 'web', 'web', true],
  ])('%s of %s to a Service of %s: %s', (kind, from, to, expected) => {
    expect(services(kind, from, to)).toBe(expected);
  });

  it('is for one object where the grant names it', () => {
    const one = allowed([{ group: '', kind: 'Service', name: 'bill' }]);
    expect(one('HTTPRoute', 'shop', 'pay', 'bill')).toBe(true);
    expect(one('HTTPRoute', 'shop', 'pay', 'other')).toBe(false);
  });

  it('is for the kind of object that the grant names', () => {
    const secrets = allowed([{ group: '', kind: 'Secret' }]);
    expect(secrets('HTTPRoute', 'shop', 'pay')).toBe(false);
  });

  it('is for routes of the Gateway API alone', () => {
    const other = allowed(
      [{ group: '', kind: 'Service' }],
      [{ group: 'policy.linkerd.io', kind: 'HTTPRoute', namespace: 'shop' }],
    );
    expect(other('HTTPRoute', 'shop', 'pay')).toBe(false);
  });
});
