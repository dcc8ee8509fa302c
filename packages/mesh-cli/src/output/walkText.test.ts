import { MeshSnapshot, WalkAnswer } from 'backstage-plugin-mesh-common';
import { walkText } from './walkText';

const GATEWAY = {
  cluster: 'east',
  namespace: 'linkerd-multicluster',
  kind: 'Deployment',
  name: 'linkerd-gateway',
};

const answer: WalkAnswer = {
  request: {
    from: {
      workload: {
        cluster: 'west',
        namespace: 'bank',
        kind: 'Deployment',
        name: 'teller',
      },
    },
    protocol: 'http',
    host: 'book-east.bank',
    port: 80,
    method: 'GET',
    path: '/',
    headers: {},
  },
  outcome: { value: 'denied', reasons: [] },
  status: 403,
  steps: [],
  branches: [
    {
      percent: 100,
      workloads: [{ ...GATEWAY, namespace: 'bank', name: 'book' }],
      via: [GATEWAY],
      peerIdentity: 'linkerd-gateway.linkerd-multicluster',
      sends: 'mtls',
      outcome: 'denied',
      status: 403,
      steps: [
        {
          step: 'authorization',
          result: 'ends',
          text: '403 by the proxy of the server: nobody lets it in',
          reasons: [
            {
              rule: 'test',
              text: 'Server bank/book lets in others',
              object: {
                cluster: 'east',
                kind: 'policy.linkerd.io/Server',
                namespace: 'bank',
                name: 'book',
              },
            },
          ],
        },
      ],
    },
  ],
  mirrors: [],
  summary: '403 by the proxy of the server: nobody lets it in',
};

it('says who a server of another cluster sees, and where what decides is', () => {
  const text = walkText(
    answer,
    {
      snapshot: MeshSnapshot.empty('west'),
      // Only what is of the first cluster is in the files.
      locate: () => ({ file: 'west.yaml', line: 1, column: 1 }),
    },
    {
      cwd: '.',
      columns: 200,
      colour: false,
      readStdin: async () => '',
      out: () => undefined,
      err: () => undefined,
    },
  );
  expect(text).toContain('[Server bank/book of the cluster east]');
  expect(text).toContain(
    'the server sees linkerd-gateway.linkerd-multicluster: it is linkerd-multicluster/linkerd-gateway of the cluster east that connects to it, not the client',
  );
});
