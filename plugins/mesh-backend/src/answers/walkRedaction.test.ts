import { Reason, WalkAnswer, WorkloadRef } from 'backstage-plugin-mesh-common';
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

function walkTo(...workloads: WorkloadRef[]): WalkAnswer {
  return {
    request: {
      from: { gateway: { namespace: 'ingress', name: 'public' } },
      protocol: 'http',
      host: 'shop.example.com',
      port: 443,
      method: 'GET',
      path: '/',
      headers: {},
    },
    outcome: { value: 'denied', reasons: [because('gateway policy')] },
    status: 403,
    steps: [
      { step: 'host', result: 'ok', text: 'the gateway', reasons: [] },
      {
        step: 'authorization',
        result: 'ends',
        text: 'gateway policy',
        reasons: [because('gateway policy')],
      },
      {
        step: 'route',
        result: 'ok',
        text: 'the route',
        reasons: [because('the route')],
      },
    ],
    branches: [
      {
        percent: 100,
        workloads,
        sends: 'mtls',
        outcome: 'denied',
        steps: [],
      },
    ],
    mirrors: [],
    summary: '403 by the gateway policy',
  };
}

function redacted(walk: WalkAnswer, sharedGateway: boolean) {
  return redactWalk(walk, {
    isShown: ({ name }) => name === 'reviews',
    hidden: new Set(),
    sharedGateway,
  });
}

describe('redactWalk, of a request from outside', () => {
  it('shows everything to readers of the fleet', () => {
    expect(redacted(walkTo(REVIEWS), false).walk).toEqual(walkTo(REVIEWS));
  });

  it('keeps from others what the policies of a shared gateway say', () => {
    const { walk } = redacted(walkTo(REVIEWS), true);
    expect(JSON.stringify(walk)).not.toContain('gateway policy');
    expect(walk.steps[1].text).toBe('The policies of the gateway refuse it');
    expect(walk.summary).toBe('403 (denied)');
    expect(JSON.stringify(walk)).toContain('the route');
  });

  it.each([
    ['to others alone', walkTo(VAULT), false],
    ['to others, too', walkTo(VAULT, REVIEWS), true],
    ['to nothing', walkTo(), true],
  ])('with a route that leads %s', (_, walk, isNamed) => {
    const answer = JSON.stringify(redacted(walk, true).walk);
    expect(answer.includes('the route')).toBe(isNamed);
    expect(answer).not.toContain('vault');
  });
});
