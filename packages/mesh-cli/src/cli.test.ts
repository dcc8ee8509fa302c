import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import path from 'node:path';
import { FIXTURES, runMesh } from './__testUtils__/runMesh';

describe('mesh', () => {
  it.each([
    [[], 'Usage: mesh'],
    [['--help'], 'Usage: mesh'],
    [['analyze', '--help'], 'Usage: mesh analyze'],
    [['--version'], require('../package.json').version],
  ])('answers %j', async (args, answer) => {
    const { out, err } = await runMesh(args);
    expect(out + err).toContain(answer);
  });

  it.each([
    [['analyse', 'shop'], "unknown command 'analyse'"],
    [['analyze'], 'give files or folders'],
    [['analyze', 'shop', '--all'], "unknown option '--all'"],
    [
      ['analyze', 'shop', '-o', 'xml'],
      "'xml' is invalid. Allowed choices are text, json",
    ],
    [
      ['analyze', 'shop', '--fail-on', 'never'],
      'Allowed choices are error, warning, info',
    ],
  ])('refuses %j', async (args, message) => {
    const { code, err, out } = await runMesh(args);
    expect(err).toContain(message);
    expect([code, out]).toEqual([2, '']);
  });

  it('runs as a command, with paths as its caller has them', async () => {
    const child = spawn(
      process.execPath,
      [path.resolve(__dirname, '../bin/mesh'), 'analyze', 'shop', '-'],
      {
        cwd: __dirname,
        env: { ...process.env, INIT_CWD: FIXTURES, FORCE_COLOR: undefined },
        stdio: 'pipe',
      },
    );
    child.stdin.end(`
apiVersion: v1
kind: Service
metadata: { name: cart-v2, namespace: shop }
spec: { ports: [{ port: 80 }] }
`);
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    expect(out).toContain('error MESH-L0101 shop/cart.yaml:34:3\n');
    // The Service on the standard input makes the backend whole.
    expect(out).not.toContain('MESH-L0303');
    expect(out).toMatch(/\n2 errors, 1 info in 7 objects of 5 files .*\n$/);
    expect(err).toContain('mesh: note: shop/values.yaml');
    expect(code).toBe(1);
  });
});
