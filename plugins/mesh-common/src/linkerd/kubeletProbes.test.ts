import { evaluateProbe } from '../mesh/whoMayCall/probeEvaluation';
import { MESHES } from '../mesh/meshes';
import { workloadNamed } from '../mesh/workloads';
import { clusterOf, CONTROL_PLANE, meshedPod } from './__testUtils__/cluster';

const DENY = { 'config.linkerd.io/default-inbound-policy': 'deny' };

function asked(annotations: Record<string, string>, path?: string) {
  const snapshot = clusterOf(
    CONTROL_PLANE + meshedPod('cart', { annotations }),
  );
  const workload = workloadNamed(snapshot, 'shop', 'cart');
  if (!workload) {
    throw new TypeError('There is no cart');
  }
  return evaluateProbe(
    snapshot,
    workload,
    { port: 8080, ...(path && { path }) },
    MESHES,
  ).decision;
}

describe('a probe of the kubelet', () => {
  it('that wants a connection gets it from the proxy', () => {
    const { value, reasons } = asked(DENY);
    expect(value).toBe('allowed');
    expect(reasons[0].text).toContain('tells nothing of the application');
    expect(reasons[0].object?.kind).toBe('Pod');
  });

  it('that asks by HTTP is a call like others', () => {
    expect(asked(DENY, '/other').value).toBe('denied');
  });

  it('goes past the proxy on a port that is skipped', () => {
    const { value, reasons } = asked({
      ...DENY,
      'config.linkerd.io/skip-inbound-ports': '8080',
    });
    expect(value).toBe('allowed');
    expect(reasons[0].text).toContain('bypasses the proxy');
  });
});
