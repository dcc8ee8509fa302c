import { parse } from 'yaml';
import {
  configMap,
  deployment,
  TestCluster,
  thing,
  thingDefinition,
} from './__testUtils__/cluster';
import { findKubectl, Kubectl } from './__testUtils__/kubectl';

const found = findKubectl();
const suite = 'command' in found ? describe : describe.skip;
const title =
  'command' in found ? 'kubectl' : `kubectl (skipped: ${found.missing})`;

if ('missing' in found) {
  process.stderr.write(`${title}\n`);
}

const SPEC = {
  type: 'object',
  properties: {
    size: { type: 'integer', minimum: 1, description: 'How large it is.' },
  },
};

suite(title, () => {
  let cluster: TestCluster;
  let kubectl: Kubectl;

  beforeAll(async () => {
    cluster = await TestCluster.start();
    cluster.store.create(thingDefinition(SPEC));
    kubectl = new Kubectl('command' in found ? found.command : '', cluster);
  });
  afterAll(async () => {
    kubectl.close();
    await cluster.close();
  });

  const manifest = (name: string, object: unknown) =>
    kubectl.write(name, JSON.stringify(object));

  it('lists the resources that are served', async () => {
    const lines = (await kubectl.print('api-resources')).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^deployments +deploy +apps\/v1 +true +Deployment$/,
        ),
        expect.stringMatching(/^things +th +example.com\/v1 +true +Thing$/),
      ]),
    );
  });

  it('gets objects as a table, wide, and as YAML', async () => {
    cluster.store.put({
      ...deployment('list'),
      metadata: { name: 'list', namespace: 'shop' },
    });
    expect(await kubectl.print('get', 'deploy', 'list')).toMatch(
      /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nlist +0\/1 +0 +0 +\d+s\n$/,
    );
    expect(await kubectl.print('get', 'deploy', 'list', '-o', 'wide')).toMatch(
      /CONTAINERS +IMAGES +SELECTOR\n.* web +web:1 +app=list\n$/,
    );
    const yaml = parse(await kubectl.print('get', 'deploy/list', '-o', 'yaml'));
    expect(yaml).toMatchObject({ kind: 'Deployment', spec: { replicas: 1 } });
    expect(await kubectl.print('get', 'all', '-A')).toContain(
      'deployment.apps/list',
    );
  });

  it('describes', async () => {
    cluster.store.put({
      ...deployment('described'),
      metadata: { name: 'described', namespace: 'shop' },
    });
    expect(await kubectl.print('describe', 'deploy', 'described')).toMatch(
      /Name: +described\nNamespace: +shop\n[\s\S]*Image: +web:1\n[\s\S]*Events: +<none>/,
    );
  });

  it('watches', async () => {
    const watch = kubectl.start(
      'get',
      'cm',
      '-l',
      'watched=yes',
      '-w',
      '--no-headers',
    );
    const put = (value: string) =>
      cluster.store.put({
        ...configMap('watched', { value, [value]: value }),
        metadata: {
          name: 'watched',
          namespace: 'shop',
          labels: { watched: 'yes' },
        },
      });
    // The list may be made before or after this; either way the object is shown.
    put('one');
    expect(await watch.line()).toMatch(/^watched +2 +\d+s$/);
    cluster.store.put({
      ...configMap('watched', {}),
      metadata: {
        name: 'watched',
        namespace: 'shop',
        labels: { watched: 'yes' },
      },
    });
    expect(await watch.line()).toMatch(/^watched +0 +\d+s$/);
    watch.stop();
  });

  it('applies on the client side: creates, changes, keeps', async () => {
    const first = manifest('apply.json', deployment('apply'));
    expect(await kubectl.print('apply', '-f', first)).toBe(
      'deployment.apps/apply created\n',
    );
    expect(await kubectl.print('apply', '-f', first)).toBe(
      'deployment.apps/apply unchanged\n',
    );
    const second = manifest('apply.json', deployment('apply', { replicas: 3 }));
    expect((await kubectl.run('diff', '-f', second)).code).toBe(1);
    expect(await kubectl.print('apply', '-f', second)).toBe(
      'deployment.apps/apply configured\n',
    );
    expect((await kubectl.run('diff', '-f', second)).code).toBe(0);
    const custom = manifest('thing.json', thing('apply', { size: 1 }));
    expect(await kubectl.print('apply', '-f', custom)).toBe(
      'thing.example.com/apply created\n',
    );
    manifest('thing.json', thing('apply', { size: 2 }));
    expect(await kubectl.print('apply', '-f', custom)).toBe(
      'thing.example.com/apply configured\n',
    );
  });

  it('refuses to apply what is not valid, and says why', async () => {
    const apply = async (object: unknown) =>
      (await kubectl.run('apply', '-f', manifest('bad.json', object))).stderr;
    expect(await apply(deployment('bad', { replicaz: 1 }))).toContain(
      'strict decoding error: unknown field "spec.replicaz"',
    );
    expect(await apply(deployment('bad', { replicas: 'x' }))).toContain(
      'spec.replicas in body must be of type integer',
    );
    expect(await apply(thing('bad', { size: 0 }))).toContain(
      'spec.size in body should be greater than or equal to 1',
    );
    expect(
      await apply({
        apiVersion: 'none.example.com/v1',
        kind: 'X',
        metadata: { name: 'x' },
      }),
    ).toContain('no matches for kind "X" in version "none.example.com/v1"');
  });

  it('applies on the server side, and resolves conflicts by force', async () => {
    const apply = (manager: string, ...options: string[]) =>
      kubectl.run(
        'apply',
        '--server-side',
        '-f',
        manifest('ssa.json', deployment('ssa', { replicas: manager.length })),
        `--field-manager=${manager}`,
        ...options,
      );
    expect((await apply('one')).stdout).toBe(
      'deployment.apps/ssa serverside-applied\n',
    );
    const refused = await apply('three');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(
      'Apply failed with 1 conflict: conflict with "one": .spec.replicas',
    );
    expect((await apply('three', '--force-conflicts')).code).toBe(0);
    expect(
      await kubectl.print(
        'get',
        'deploy/ssa',
        '-o',
        'jsonpath={.spec.replicas}',
      ),
    ).toBe('5');
  });

  it('goes over from client-side to server-side apply', async () => {
    const file = manifest('over.json', configMap('over', { a: '1' }));
    await kubectl.print('apply', '-f', file);
    manifest('over.json', configMap('over', { a: '2' }));
    expect(await kubectl.print('apply', '--server-side', '-f', file)).toBe(
      'configmap/over serverside-applied\n',
    );
  });

  it('patches in three ways', async () => {
    await kubectl.print(
      'create',
      '-f',
      manifest('p.json', deployment('patched')),
    );
    const patch = (...args: string[]) =>
      kubectl.print('patch', 'deploy', 'patched', ...args);
    await patch(
      '-p',
      '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"s"}]}}}}',
    );
    await patch('--type=merge', '-p', '{"spec":{"replicas":4}}');
    await patch(
      '--type=json',
      '-p',
      '[{"op":"replace","path":"/spec/paused","value":true}]',
    ).catch(() =>
      patch(
        '--type=json',
        '-p',
        '[{"op":"add","path":"/spec/paused","value":true}]',
      ),
    );
    expect(
      await kubectl.print(
        'get',
        'deploy/patched',
        '-o',
        'jsonpath={.spec.replicas} {.spec.paused} {.spec.template.spec.containers[*].name}',
      ),
    ).toBe('4 true side web');
    const refused = await kubectl.run(
      'patch',
      'thing',
      'apply',
      '-p',
      '{}',
      '--type=strategic',
    );
    expect(refused.stderr).toContain(
      'application/strategic-merge-patch+json is not supported by example.com/v1, Kind=Thing',
    );
  });

  it('labels, annotates, scales and sets an image', async () => {
    await kubectl.print(
      'create',
      '-f',
      manifest('c.json', deployment('changed')),
    );
    await kubectl.print('label', 'deploy', 'changed', 'team=shop');
    await kubectl.print('annotate', 'deploy', 'changed', 'note=x');
    await kubectl.print('scale', 'deploy', 'changed', '--replicas=7');
    await kubectl.print('set', 'image', 'deploy/changed', 'web=web:2');
    expect(
      await kubectl.print(
        'get',
        'deploy/changed',
        '-o',
        'jsonpath={.metadata.labels.team} {.metadata.annotations.note} {.spec.replicas} {.spec.template.spec.containers[0].image}',
      ),
    ).toBe('shop x 7 web:2');
  });

  it('creates by typed clients, which speak protobuf', async () => {
    await kubectl.print(
      'create',
      'deployment',
      'typed',
      '--image=web:1',
      '--replicas=0',
      '--port=80',
    );
    await kubectl.print('create', 'configmap', 'typed', '--from-literal=a=b');
    await kubectl.print('create', 'namespace', 'typed');
    await kubectl.print(
      'create',
      'service',
      'clusterip',
      'typed',
      '--tcp=80:http',
    );
    expect(
      await kubectl.print(
        'get',
        'deploy/typed',
        '-o',
        'jsonpath={.spec.replicas} {.spec.template.spec.containers[0].ports[0].containerPort}',
      ),
    ).toBe('0 80');
    expect(
      await kubectl.print(
        'get',
        'svc/typed',
        '-o',
        'jsonpath={.spec.ports[0].targetPort} {.spec.clusterIP}',
      ),
    ).toMatch(/^http 10\.96\.\d+\.\d+$/);
  });

  it('makes a name', async () => {
    const file = manifest('g.json', {
      ...configMap(''),
      metadata: { generateName: 'made-' },
    });
    expect(await kubectl.print('create', '-f', file)).toMatch(
      /^configmap\/made-[a-z0-9]{5} created\n$/,
    );
  });

  it('changes nothing in a dry run on the server', async () => {
    const file = manifest('dry.json', configMap('dry'));
    for (const args of [['create'], ['apply'], ['apply', '--server-side']]) {
      expect(
        await kubectl.print(...args, '-f', file, '--dry-run=server'),
      ).toContain('(server dry run)');
    }
    expect((await kubectl.run('get', 'cm', 'dry')).stderr).toBe(
      'Error from server (NotFound): configmaps "dry" not found\n',
    );
  });

  it('deletes, and waits until it is so', async () => {
    await kubectl.print('create', 'configmap', 'gone');
    const waiting = kubectl.run(
      'wait',
      '--for=delete',
      'cm/gone',
      '--timeout=20s',
    );
    expect(await kubectl.print('delete', 'cm', 'gone')).toContain(
      'configmap "gone" deleted',
    );
    expect((await waiting).code).toBe(0);
    await kubectl.print('create', 'configmap', 'dry');
    await kubectl.print('delete', 'cm', 'dry', '--dry-run=server');
    await kubectl.print('get', 'cm', 'dry');
  });

  it('waits for a condition', async () => {
    await kubectl.print(
      'apply',
      '-f',
      manifest('w.json', thing('waited', { size: 1 })),
    );
    const waiting = kubectl.run(
      'wait',
      '--for=condition=Ready',
      'thing/waited',
      '--timeout=20s',
    );
    cluster.store.updateStatus({
      ...thing('waited'),
      metadata: { name: 'waited', namespace: 'shop' },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    });
    expect(await waiting).toMatchObject({
      code: 0,
      stdout: 'thing.example.com/waited condition met\n',
    });
    expect(
      await kubectl.print(
        'wait',
        '--for=condition=Established',
        'crd/things.example.com',
      ),
    ).toContain('condition met');
  });

  it('asks what may be done', async () => {
    expect(await kubectl.print('auth', 'can-i', 'delete', 'pods')).toBe(
      'yes\n',
    );
    const viewer = await kubectl.run(
      'auth',
      'can-i',
      'list',
      'pods',
      '--context=viewer',
    );
    expect([viewer.code, viewer.stdout]).toEqual([1, 'no\n']);
    expect((await kubectl.run('get', 'pods', '--context=viewer')).stderr).toBe(
      'Error from server (Forbidden): pods is forbidden: User "viewer" cannot list resource "pods" in API group "" in the namespace "shop"\n',
    );
  });

  it('explains', async () => {
    expect(await kubectl.print('explain', 'thing.spec.size')).toContain(
      'How large it is.',
    );
    expect(
      await kubectl.print('explain', 'deployment.spec.strategy'),
    ).toContain('FIELD: strategy <DeploymentStrategy>');
  });
});
