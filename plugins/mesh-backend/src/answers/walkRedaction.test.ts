import {
  ObjectRef,
  Reason,
  WalkAnswer,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import { redactWalk } from './walkRedaction';

const REVIEWS: WorkloadRef = {
  cluster: 'east',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'reviews',
};
const VAULT: WorkloadRef = { ...REVIEWS, namespace: 'vault', name: 'vault' };

function because(text: string): Reason {
  return { rule: 'test', text };
}

const OWN_RULE = virtualService('shop', 'storefront');
const OWN_HOST = 'reviews.shop.svc.cluster.local';

function virtualService(namespace: string, name: string): ObjectRef {
  return {
    cluster: 'east',
    kind: 'networking.istio.io/VirtualService',
    namespace,
    name,
  };
}

function walkTo(rule: ObjectRef, host: string, workloads: WorkloadRef[]) {
  const walk: WalkAnswer = {
    request: {
      from: { gateway: { namespace: 'ingress', name: 'public' } },
      protocol: 'http',
      host: 'shop.example.com',
      port: 443,
      method: 'GET',
      path: '/',
      headers: {},
    },
    outcome: {
      value: 'denied',
      reasons: [because('gateway policy')],
      mayDiffer: [because(`EnvoyFilter of ${host} after the gateway policy`)],
    },
    status: 403,
    steps: [
      { step: 'host', result: 'ok', text: 'the gateway', reasons: [] },
      {
        step: 'authorization',
        result: 'ok',
        text: 'gateway policy',
        reasons: [because('gateway policy')],
      },
      {
        step: 'route',
        result: 'ok',
        text: `VirtualService ${rule.namespace}/${rule.name}`,
        reasons: [{ ...because('the rule'), object: rule }],
      },
    ],
    branches: [
      {
        percent: 100,
        host,
        port: 80,
        subset: 'v2',
        endpoints: { ready: 2, total: 2 },
        workloads,
        sends: 'mtls',
        outcome: 'denied',
        authorization: {
          decision: {
            value: 'denied',
            reasons: [because(`policy of ${host}`)],
            allowedWhen: [],
            deniedWhen: [],
          },
          hops: [],
        },
        steps: [
          {
            step: 'destination',
            result: 'ok',
            text: host,
            reasons: [because(`DestinationRule of ${host}`)],
          },
          {
            step: 'authorization',
            result: 'ends',
            text: `policy of ${host}`,
            reasons: [because(`policy of ${host}`)],
          },
        ],
      },
    ],
    mirrors: [{ host: `mirror of ${host}`, percent: 10 }],
    rewrite: { path: `rewrite of ${host}` },
    summary: `403 by the gateway policy, before ${host}`,
  };
  return walk;
}

function redacted(walk: WalkAnswer, isShared: boolean) {
  return redactWalk(walk, {
    mayReadFleet: false,
    isShown: ({ name }) => name === 'reviews',
    hidden: new Set(),
    ownHosts: new Set([OWN_HOST]),
    sharedGateway: isShared
      ? { isOwnRule: ({ name }) => name === OWN_RULE.name }
      : undefined,
  });
}

describe('redactWalk, of a request from outside', () => {
  it('shows everything to readers of the fleet', () => {
    const walk = walkTo(OWN_RULE, OWN_HOST, [REVIEWS]);
    expect(redacted(walk, false).walk).toEqual(walk);
  });

  it('keeps from others what the policies of a shared gateway say', () => {
    const { walk } = redacted(walkTo(OWN_RULE, OWN_HOST, [REVIEWS]), true);
    expect(JSON.stringify(walk)).not.toContain('gateway policy');
    expect(walk.steps[1].text).toBe('The policies of the gateway let it in');
    expect(walk.summary).toBe('403 (denied)');
    expect(walk.steps[2].reasons[0].object).toEqual(OWN_RULE);
    expect(walk.branches[0].authorization).toBeDefined();
    expect(walk.mirrors).toHaveLength(1);
  });

  it.each([
    ['to workloads', [VAULT]],
    ['to nothing that is ready', []],
  ])('leaves out all that comes of a route of others, %s', (_, workloads) => {
    const { walk, hiddenWorkloads } = redacted(
      walkTo(
        virtualService('vault', 'vault'),
        'vault.vault.svc.cluster.local',
        workloads,
      ),
      true,
    );
    expect(JSON.stringify(walk)).not.toContain('vault');
    expect(hiddenWorkloads).toBe(workloads.length);
    expect(walk.steps.map(({ step }) => step)).toEqual([
      'host',
      'authorization',
      'route',
    ]);
    expect(walk.status).toBe(403);
  });

  it('says in the words of gRPC what its clients see', () => {
    const walk: WalkAnswer = {
      ...walkTo(virtualService('vault', 'vault'), 'vault', [VAULT]),
      status: 200,
      grpcStatus: 7,
    };
    expect(redacted(walk, true).walk).toMatchObject({
      status: 200,
      grpcStatus: 7,
      summary: 'grpc-status 7 (denied)',
    });
  });

  it('leaves out what becomes of a redirect of others', () => {
    const walk: WalkAnswer = {
      ...walkTo(virtualService('vault', 'vault'), 'vault', []),
      branches: [],
      redirect: { status: 301, location: 'https://vault' },
    };
    expect(JSON.stringify(redacted(walk, true).walk)).not.toContain('vault');
  });
});

describe('redactWalk, of workloads outside of the cluster', () => {
  it.each([
    ['shows those of the entity', OWN_HOST, true],
    ['keeps what those of others decide', 'vm.vault', false],
  ])('%s', (_, host, isShown) => {
    const { walk } = redacted(walkTo(OWN_RULE, host, []), false);
    const branch = JSON.stringify(walk.branches);
    expect(branch.includes(`policy of ${host}`)).toBe(isShown);
    expect(JSON.stringify(walk.outcome).includes(host)).toBe(isShown);
    expect(walk.summary.includes(host)).toBe(isShown);
    expect(walk.outcome.mayDiffer).toHaveLength(1);
  });

  it('says that something may change it, and not what, where others would answer', () => {
    const { walk } = redacted(walkTo(OWN_RULE, OWN_HOST, [VAULT]), false);
    expect(walk.outcome).toEqual({
      value: 'denied',
      reasons: [],
      mayDiffer: [expect.objectContaining({ rule: 'mesh/hidden-doubt' })],
    });
  });
});

describe('redactWalk, of a way through the gateway of another cluster', () => {
  const GATEWAY: WorkloadRef = { ...VAULT, name: 'gateway' };
  const walk: WalkAnswer = {
    ...walkTo(OWN_RULE, OWN_HOST, []),
    summary: '403 by the gateway policy',
    branches: [
      {
        percent: 100,
        host: OWN_HOST,
        workloads: [],
        via: [GATEWAY],
        sends: 'fails',
        outcome: 'denied',
        status: 403,
        steps: [
          {
            step: 'authorization',
            result: 'ends',
            text: 'gateway policy',
            at: GATEWAY,
            reasons: [because('gateway policy')],
          },
        ],
      },
    ],
  };
  const shownTo = (isShown: boolean) =>
    redactWalk(walk, {
      mayReadFleet: false,
      isShown: () => isShown,
      hidden: new Set(),
      ownHosts: new Set([OWN_HOST]),
      sharedGateway: undefined,
    }).walk;

  it('keeps its policies from who may not see it', () => {
    expect(shownTo(false)).toMatchObject({
      summary: '403 (denied)',
      outcome: { value: 'denied', reasons: [] },
      branches: [
        {
          via: [GATEWAY],
          steps: [
            { text: 'The policies of the gateway refuse it', reasons: [] },
          ],
        },
      ],
    });
    expect(shownTo(true)).toEqual(walk);
  });
});

describe('redactWalk, of a way through a gateway to workloads of others', () => {
  const GATEWAY: WorkloadRef = { ...VAULT, name: 'egress' };
  const walk: WalkAnswer = {
    ...walkTo(OWN_RULE, OWN_HOST, []),
    branches: [
      {
        percent: 100,
        host: OWN_HOST,
        workloads: [VAULT],
        via: [GATEWAY],
        sends: 'mtls',
        peerIdentity: 'cluster.local/ns/secret/sa/egress',
        outcome: 'delivered',
        steps: [
          {
            step: 'route',
            result: 'ok',
            text: 'VirtualService secret/out http[0]',
            at: GATEWAY,
            reasons: [because('VirtualService secret/out takes it')],
          },
        ],
      },
    ],
  };

  it('names neither the gateway, nor its route, nor whom the server sees', () => {
    const [branch] = redactWalk(walk, {
      mayReadFleet: false,
      isShown: () => false,
      hidden: new Set(),
      ownHosts: new Set([OWN_HOST]),
      sharedGateway: undefined,
    }).walk.branches;
    expect(branch).toEqual({
      percent: 100,
      host: OWN_HOST,
      workloads: [],
      sends: 'mtls',
      outcome: 'delivered',
      steps: [
        {
          step: 'route',
          result: 'ok',
          text: 'A route of others takes it',
          reasons: [],
        },
      ],
    });
  });

  it('does not tell which route of the gateway leads to a workload that they may see', () => {
    const [branch] = redactWalk(walk, {
      mayReadFleet: false,
      isShown: ({ name }) => name !== GATEWAY.name,
      hidden: new Set(),
      ownHosts: new Set(),
      sharedGateway: undefined,
    }).walk.branches;
    expect(branch).toMatchObject({
      workloads: [VAULT],
      steps: [{ text: 'A route of others takes it', reasons: [] }],
    });
  });
});
