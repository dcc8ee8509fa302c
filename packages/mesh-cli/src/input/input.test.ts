import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runMesh } from '../__testUtils__/runMesh';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mesh-cli-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ port: 80 }] }
`;

const analyze = (...args: string[]) =>
  runMesh(['analyze', ...args], { cwd: folder });

describe('input', () => {
  it.each([
    [
      'YAML that cannot be read',
      'kind: Service\nmetadata: { name: [a }\n',
      /^mesh: a\.yaml:2:\d+: /,
    ],
    [
      'a key that is there twice',
      'kind: A\nkind: B\n',
      /^mesh: a\.yaml:2:1: Map keys must be unique$/m,
    ],
    [
      'JSON that cannot be read',
      '{ "kind": "Service", }}',
      /^mesh: a\.yaml:1:\d+: /,
    ],
    [
      'an object without kind',
      'apiVersion: v1\nmetadata: { name: cart }\n',
      /^mesh: a\.yaml:1:1: no Kubernetes objects: an object without kind \(cart\)$/m,
    ],
    [
      'an object without apiVersion',
      'kind: Service\nmetadata: { name: cart }\n',
      /an object without apiVersion \(Service cart\)$/m,
    ],
    [
      'an object without name',
      'apiVersion: v1\nkind: Service\n',
      /an object without metadata\.name \(Service\)$/m,
    ],
    [
      'a list that is no List',
      '- a\n- b\n',
      /a\.yaml:1:1: no Kubernetes objects: this is a list, and no object/,
    ],
    ['a text', 'just words\n', /no Kubernetes objects: this is a text/],
    [
      'an empty file',
      '',
      /^mesh: a\.yaml: no Kubernetes objects: it is empty$/m,
    ],
    [
      'documents that are empty',
      '---\n---\n',
      /no Kubernetes objects: it is empty/,
    ],
  ])('names the place of %s', async (_, text, message) => {
    await write({ 'a.yaml': text });
    const { code, err, out } = await analyze('a.yaml');
    expect(err).toMatch(message);
    expect([code, out]).toEqual([2, '']);
  });

  it.each([
    [
      'binary',
      '\u0000\u0001PNG',
      /no Kubernetes objects: this is binary, and neither YAML nor JSON/,
    ],
    [
      'a name that a Helm template is to give',
      'apiVersion: v1\nkind: Service\nmetadata: { name: "{{ .Values.name }}" }\n',
      /^mesh: a\.yaml:1:1: .*without metadata\.name \(Service \{\{ \.Values\.name \}\}\) \(it looks like a Helm template/m,
    ],
    [
      'what is nested too deep',
      `apiVersion: v1\nkind: ConfigMap\nx: ${'['.repeat(50_000)}`,
      /^mesh: a\.yaml:3:\d+: this is nested too deep to be read$/m,
    ],
    [
      'an item of a list that is no object',
      'apiVersion: v1\nkind: List\nitems:\n- 3\n',
      /^mesh: a\.yaml:4:3: no Kubernetes objects: item 1 of the list is an object without kind$/m,
    ],
    [
      'an item of a list in JSON that is no object',
      '{ "apiVersion": "v1", "kind": "List",\n"items": [null] }',
      /^mesh: a\.yaml:2:\d+: no Kubernetes objects: item 1 of the list is an object without kind$/m,
    ],
    [
      'a Helm template',
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n',
      /^mesh: a\.yaml:1:1: .*helm template/m,
    ],
    [
      'an anchor bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi']
        .map(
          (name, i) =>
            `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`)}]`,
        )
        .join('\n')}\n`,
      /^mesh: a\.yaml:1:1: Excessive alias count/m,
    ],
  ])('says where %s is, and goes on', async (_, text, message) => {
    await write({ 'a.yaml': text, 'b.yaml': SERVICE });
    const { err, out } = await analyze('a.yaml', 'b.yaml');
    expect(err).toMatch(message);
    expect(out).toContain('in 1 object of 2 files');
  });

  it('says of a file in another encoding that it is no UTF-8, and goes on', async () => {
    await write({ 'b.yaml': SERVICE });
    await writeFile(
      path.join(folder, 'a.yaml'),
      SERVICE.replace('cart', 'c\u00e4rt'),
      'latin1',
    );
    const { code, err, out } = await analyze('a.yaml', 'b.yaml');
    expect(err).toBe(
      'mesh: a.yaml: this is no text in UTF-8, and neither YAML nor JSON',
    );
    expect(out).toContain('in 1 object of 1 file');
    expect(code).toBe(1);
  });

  it('merges keys as kubectl does', async () => {
    await write({
      'a.yaml': `${SERVICE.replace(
        '[{ port: 80 }]',
        '[&a { name: a, port: 80, protocol: TCP }, { <<: *a, name: b, port: 81 }]',
      )}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http: [{ <<: { timeout: 3s }, route: [{ destination: { host: cart } }] }]
`,
    });
    const { out: routes, err } = await runMesh(['routes', 'a.yaml'], {
      cwd: folder,
    });
    expect(err).toBe('');
    expect(routes).toMatch(/^ +80 a tcp$[^]*^ +81 b tcp$/m);
    const { out } = await analyze('a.yaml');
    expect(out).not.toContain('<<');
  });

  it('counts lines over documents, line ends of Windows and a byte order mark', async () => {
    await write({
      'a.yaml': `\uFEFF${SERVICE}---\n${SERVICE.replace(
        'port: 80',
        'port: http',
      )}`.replaceAll('\n', '\r\n'),
    });
    const { err } = await analyze('a.yaml');
    expect(err).toMatch(/^mesh: a\.yaml:9:\d+: Service/m);
  });

  it('goes on with the rest, and says that something was wrong', async () => {
    await write({
      'a.yaml': `${SERVICE}---\nkind: {\n`,
      'b.yaml': `${SERVICE}---\nmetadata: { name: b }\n`,
    });
    const { code, err, out } = await analyze('.');
    expect(out).toBe('No findings in 1 object of 2 files');
    expect(err).toMatch(/^mesh: a\.yaml:7:1: /m);
    expect(err).toMatch(/^mesh: b\.yaml:6:1: an object without kind \(b\)$/m);
    expect(code).toBe(1);
  });

  it('names a field of the wrong type, and where it is', async () => {
    await write({ 'a.yaml': SERVICE.replace('port: 80', 'port: http') });
    const { code, err } = await analyze('a.yaml');
    expect(err).toMatch(
      /^mesh: a\.yaml:4:\d+: Service shop\/cart: spec\.ports\[0\]\.port: /,
    );
    expect(code).toBe(2);
  });

  it.each([
    ['missing.yaml', 'missing.yaml: there is no such file or folder'],
    ['a.yaml/b', 'a.yaml/b: a part of the path is no folder'],
    [
      'empty',
      'empty: the folder has no file that ends with .yaml, .yml, .json',
    ],
  ])('says why %s cannot be used', async (name, message) => {
    await write({ 'a.yaml': SERVICE, 'empty/readme.md': '' });
    const { code, err } = await analyze(name);
    expect(err).toContain(`mesh: ${message}`);
    expect(err).toContain(
      'mesh: there is no object of Kubernetes in the input',
    );
    expect(code).toBe(2);
  });

  it('finds files in folders, and leaves out what is hidden or no YAML', async () => {
    await write({
      'k8s/a.yml': SERVICE,
      'k8s/deep/B.JSON': JSON.stringify({
        apiVersion: 'v1',
        kind: 'ServiceList',
        items: [
          { metadata: { name: 'one', namespace: 'shop' }, spec: { ports: [] } },
          { metadata: { name: 'two', namespace: 'shop' }, spec: { ports: [] } },
        ],
      }),
      'k8s/.hidden/c.yaml': 'kind: {',
      'k8s/node_modules/d.yaml': 'kind: {',
      'k8s/notes.txt': 'kind: {',
    });
    await symlink(path.join(folder, 'k8s'), path.join(folder, 'k8s/deep/up'));
    expect(await analyze('k8s', 'k8s/a.yml')).toEqual({
      code: 0,
      err: '',
      out: 'No findings in 3 objects of 2 files',
    });
  });

  it('says that an object is there twice', async () => {
    await write({ 'a.yaml': SERVICE, 'b.yaml': `# again\n${SERVICE}` });
    const { code, err } = await analyze('.');
    expect(err).toBe(
      'mesh: note: b.yaml:2:1: Service shop/cart is also in a.yaml:1; this one counts',
    );
    expect(code).toBe(0);
  });

  it('puts objects without namespace where it is told', async () => {
    await write({ 'a.yaml': SERVICE.replace(', namespace: shop', '') });
    const { out } = await runMesh(
      ['routes', 'a.yaml', '--default-namespace', 'team'],
      { cwd: folder },
    );
    expect(out).toContain('Service team/cart');
  });
});
