import { clusterOf } from '../../../__testUtils__/cluster';
import { walkRequestSchema } from '../../../contract/schemas/walk';
import { MESHES } from '../../../mesh/meshes';
import { requestWalk } from '../../../mesh/requestWalk';
import { SnapshotOrigin } from '../../../snapshot/readState';
import { ISTIO, namespace, serviceOf } from '../../__testUtils__/istio';
import { istio as adapter } from '../../adapter';
import { ofService } from '../../meshServices';
import { listenerSetNotes } from '../../routing/listenerSets';
import { BEHIND, inShort } from './__testUtils__/gateways';
import { exposuresOf } from './exposures';

const AS_MAIN = {
  labels: { 'gateway.networking.k8s.io/gateway-name': 'main' },
};

interface Place {
  place?: string;
  created?: string;
  group?: string;
  status?: string;
}

function object(
  kind: string,
  name: string,
  spec: string,
  {
    place = 'edge',
    created = '2026-01-01',
    group = 'gateway.networking.k8s.io',
    status = '{}',
  }: Place = {},
): string {
  return `
---
apiVersion: ${group}/${
    group === 'gateway.networking.k8s.io' ? 'v1' : 'v1alpha1'
  }
kind: ${kind}
metadata: { name: ${name}, namespace: ${place}, creationTimestamp: '${created}T00:00:00Z' }
spec: { ${spec} }
status: ${status}
`;
}

const main = (allowed: string) =>
  object(
    'Gateway',
    'main',
    `gatewayClassName: istio, ${allowed} listeners: [{ name: own, port: 80, protocol: HTTP, hostname: own.example.com }]`,
  );
const FROM_ALL = 'allowedListeners: { namespaces: { from: All } },';
const LISTENER =
  '{ name: more, port: 8080, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }';
const set = (listeners = LISTENER, options: Place = {}, name = 'more') =>
  object(
    'ListenerSet',
    name,
    `parentRef: { name: main, namespace: edge }, listeners: [${listeners}]`,
    { place: 'team', ...options },
  );
const BACKEND = 'rules: [{ backendRefs: [{ name: cart, port: 80 }] }]';
const route = (parent: string, rest = BACKEND, options: Place = {}) =>
  object('HTTPRoute', 'r', `parentRefs: [${parent}], ${rest}`, {
    place: 'shop',
    ...options,
  });
const TO_SET =
  '{ group: gateway.networking.k8s.io, kind: ListenerSet, name: more, namespace: team }';
const ROUTED = route(TO_SET);
const TAKEN = 'route, cart.shop 80, by r spec.rules[0]';

describe('the listeners that a ListenerSet adds to a Gateway', () => {
  it.each<[string, string, string]>([
    [
      'of any namespace where the Gateway lets in all',
      main(FROM_ALL) + set(),
      TAKEN,
    ],
    ['of none where the Gateway says nothing', main('') + set(), 'no-listener'],
    [
      'of none where it lets in None',
      main('allowedListeners: { namespaces: { from: None } },') + set(),
      'no-listener',
    ],
    [
      'not of another namespace where it lets in its own',
      main('allowedListeners: { namespaces: { from: Same } },') + set(),
      'no-listener',
    ],
    [
      'of namespaces that its selector selects',
      main(
        'allowedListeners: { namespaces: { from: Selector, selector: { matchLabels: { shares: "yes" } } } },',
      ) +
        set() +
        namespace('team', 'shares: "yes"'),
      TAKEN,
    ],
    [
      'not of others',
      main(
        'allowedListeners: { namespaces: { from: Selector, selector: { matchLabels: { shares: "yes" } } } },',
      ) +
        set() +
        namespace('team'),
      'no-listener',
    ],
    [
      'but for what the Gateway has itself',
      main(FROM_ALL).replace('port: 80,', 'port: 8080,') +
        set(LISTENER.replace('port:', 'hostname: own.example.com, port:')),
      'no-route',
    ],
    [
      'but for what an older set has',
      main(FROM_ALL) +
        set() +
        set(LISTENER, { created: '2025-01-01' }, 'older'),
      'no-route',
    ],
  ])('are %s', (_, yaml, expected) => {
    expect(inShort(yaml + ROUTED, { port: 8080 }, AS_MAIN)).toMatch(expected);
  });

  it.each<[string, string, string]>([
    [
      'of the section that the route names',
      route(TO_SET.replace('}', ', sectionName: more }')),
      TAKEN,
    ],
    [
      'not of another',
      route(TO_SET.replace('}', ', sectionName: other }')),
      'no-route',
    ],
    [
      'not to routes of the Gateway',
      route('{ name: main, namespace: edge }'),
      'no-route',
    ],
  ])('attach %s', (_, routes, expected) => {
    expect(
      inShort(main(FROM_ALL) + set() + routes, { port: 8080 }, AS_MAIN),
    ).toMatch(expected);
  });

  it('are on the port of their protocol where they name none', () => {
    const own = set(LISTENER.replace('port: 8080,', ''));

    expect(
      inShort(main(FROM_ALL) + own + ROUTED, { port: 80 }, AS_MAIN),
    ).toMatch(TAKEN);
  });

  it('take routes of their own namespace, without a word', () => {
    const own = set('{ name: more, port: 8080, protocol: HTTP }');

    expect(
      inShort(main(FROM_ALL) + own + ROUTED, { port: 8080 }, AS_MAIN),
    ).toMatch('no-route');
    expect(
      inShort(
        main(FROM_ALL) +
          own +
          route(
            TO_SET,
            'rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }] }]',
            { place: 'team' },
          ),
        { port: 8080 },
        AS_MAIN,
      ),
    ).toMatch('redirect');
  });
});

describe('requests through a Gateway of files', () => {
  it.each<[SnapshotOrigin, true | undefined]>([
    ['files', true],
    ['cluster', undefined],
  ])('are predicted: of %s %s', (origin, predicted) => {
    const snapshot = clusterOf(
      ISTIO + BEHIND + main(FROM_ALL) + set() + ROUTED,
      { origin },
    );
    const place = { cluster: 'test', namespace: 'edge', name: 'main' };
    const asked = { host: 'a.example.com', port: 8080 };

    expect(
      requestWalk(
        snapshot,
        walkRequestSchema.parse({ from: { gateway: place }, ...asked }),
        MESHES,
      ).outcome.predicted,
    ).toBe(predicted);
    expect(
      adapter.gatewayRoutes?.(snapshot, place, asked).routing.predicted,
    ).toBe(predicted);
  });
});

describe('a Service behind a ListenerSet', () => {
  const found = (yaml: string, origin: SnapshotOrigin = 'files') => {
    const snapshot = clusterOf(ISTIO + BEHIND + yaml, { origin });
    const service = ofService(snapshot, serviceOf(snapshot, 'cart'));
    return {
      exposed: exposuresOf(snapshot, service)?.map(
        ({ gateway: { kind, namespace: place, name, listener }, port }) =>
          `${kind} ${place}/${name} ${listener}:${port}`,
      ),
      notes: listenerSetNotes(snapshot, service).map(({ text }) => text),
    };
  };

  it('is exposed by the Gateway, at the listener of the set', () => {
    expect(found(main(FROM_ALL) + set() + ROUTED)).toEqual({
      exposed: [
        'gateway.networking.k8s.io/Gateway edge/main more (ListenerSet team/more):8080',
      ],
      notes: [],
    });
  });

  it.each<[string, string, string]>([
    [
      'is not there',
      main(FROM_ALL),
      'there is none of this name: the route has no effect by it',
    ],
    [
      'is for a Gateway that is not there',
      set(),
      'there is no Gateway edge/main: the route has no effect by it',
    ],
    [
      'is not let in',
      main('') + set(),
      'Gateway edge/main does not let it in (allowedListeners): the route has no effect by it',
    ],
    [
      'is for a waypoint',
      main(FROM_ALL).replace(
        'gatewayClassName: istio,',
        'gatewayClassName: istio-waypoint,',
      ) + set(),
      'Gateway edge/main is of a class that takes none: the route has no effect by it',
    ],
  ])('is told where the set %s', (_, yaml, said) => {
    expect(found(yaml + ROUTED)).toEqual({
      exposed: [],
      notes: [`HTTPRoute shop/r is bound to ListenerSet team/more: ${said}`],
    });
  });

  it('goes by the status of the set on a cluster', () => {
    const accepted = (kind: string, status: string) =>
      `{ ${kind}: [{ type: Accepted, status: '${status}', message: not allowed }] }`;
    const routed = route(TO_SET, BACKEND, {
      status: `{ parents: [{ controllerName: istio.io/gateway-controller, parentRef: ${TO_SET}, ${accepted(
        'conditions',
        'True',
      ).slice(1, -1)} }] }`,
    });
    const on = (status: string) =>
      found(main('') + set(LISTENER, { status }) + routed, 'cluster');

    expect(on(accepted('conditions', 'True')).exposed).toHaveLength(1);
    expect(on(accepted('conditions', 'False'))).toEqual({
      exposed: [],
      notes: [
        'HTTPRoute shop/r is bound to ListenerSet team/more: it is not accepted: not allowed: the route has no effect by it',
      ],
    });
    expect(on('{}').exposed).toEqual([]);
  });

  it('knows the experimental kind too', () => {
    const experimental = { group: 'gateway.networking.x-k8s.io' };
    const yaml =
      main(FROM_ALL) +
      set(LISTENER, experimental).replace(
        'kind: ListenerSet',
        'kind: XListenerSet',
      ) +
      route(
        TO_SET.replace('gateway.networking', 'gateway.networking.x')
          .replace('.x.k8s', '.x-k8s')
          .replace('ListenerSet', 'XListenerSet'),
      );

    expect(found(yaml).exposed).toEqual([
      'gateway.networking.k8s.io/Gateway edge/main more (XListenerSet team/more):8080',
    ]);
  });
});
