import { waypointOf } from '../../controllers/waypoints';
import type { ObjectStore } from '../../store/types';
import { isReady, pods, type Pod, type Service } from '../../world/coreKinds';
import type { Gateway } from '../../world/gatewayKinds';
import { hasLabels } from '../../world/selector';
import { endpointsOf, portOf, type Endpoint } from '../endpoints';
import { resolveHost } from '../hosts';
import { behaviourOf } from '../latency';
import type { Call, TrafficProfile } from '../profile';
import { requestsOf } from '../request';
import { podsOf } from '../workload';
import { isAllowed, policiesForWaypoint } from './authorization';
import { destinationRulesFor, subsetLabels, tlsMode } from './destinationRule';
import { dataPlaneOf, principalOf, speaksMutualTls } from './enrolment';
import { LOCAL_LATENCY, type IstioFlow, type Outcome } from './flow';
import { legsOfClient, legsOfWaypoint, type Leg } from './legs';
import { mtlsModeOf } from './peerAuthentication';
import { refusal } from './serve';

type Base = Pick<IstioFlow, 'request' | 'rate' | 'pace' | 'client'>;

class Walker {
  readonly #store: ObjectStore;
  readonly #profile: TrafficProfile;

  constructor(store: ObjectStore, profile: TrafficProfile) {
    this.#store = store;
    this.#profile = profile;
  }

  walk(base: Base): IstioFlow[] {
    const plane = dataPlaneOf(base.client);
    if (plane === 'sidecar' && base.request.protocol !== 'tcp') {
      const legs = legsOfClient(this.#store, base.client, base.request) ?? [];
      return legs.flatMap(leg => this.#followAsSidecar(base, leg));
    }
    const { request, client } = base;
    const service = resolveHost(this.#store, client.namespace, request.host);
    if (!service) {
      return [];
    }
    if (plane === 'sidecar') {
      return this.#followAsSidecar(base, {
        share: 1,
        service,
        port: request.port,
      });
    }
    const binding = waypointOf(this.#store, service);
    return plane === 'ambient' &&
      binding.state === 'bound' &&
      request.protocol !== 'tcp'
      ? this.#throughWaypoint(base, service, binding.gateway)
      : this.#toEndpoints(base, service, request.port, ({ pod }) =>
          plane === 'ambient' && dataPlaneOf(pod) !== 'none'
            ? 'mtls'
            : 'plaintext',
        );
  }

  /** A sidecar (or gateway) sends a share to a subset of a Service, by the DestinationRules that it has. */
  #followAsSidecar(base: Base, leg: Leg): IstioFlow[] {
    const part = { ...base, rate: base.rate * leg.share };
    if ('answer' in leg) {
      return [local(part, { by: 'client', ...leg.answer })];
    }
    const { service, port, subset } = leg;
    const rules = destinationRulesFor(this.#store, base.client, service);
    const labels = subset ? subsetLabels(rules, subset) : {};
    if (!labels) {
      return [
        local(part, {
          by: 'client',
          code: 503,
          flags: 'NC',
          clusterKnown: false,
        }),
      ];
    }
    const mode = tlsMode(rules, subset, port);
    return this.#toEndpoints(
      part,
      service,
      port,
      endpoint => this.#wireOf(endpoint, mode),
      ({ pod }) => hasLabels(labels, pod.labels),
    );
  }

  /** A DestinationRule's TLS mode, else auto mTLS: mTLS to every endpoint that can. */
  #wireOf({ pod, port }: Endpoint, mode: string | undefined) {
    if (mode) {
      return mode === 'ISTIO_MUTUAL' || mode === 'MUTUAL'
        ? 'mtls'
        : 'plaintext';
    }
    if (dataPlaneOf(pod) === 'ambient') {
      return 'mtls';
    }
    return speaksMutualTls(pod) &&
      mtlsModeOf(this.#store, pod, port) !== 'DISABLE'
      ? 'mtls'
      : 'plaintext';
  }

  #throughWaypoint(
    base: Base,
    service: Service,
    gateway: Gateway,
  ): IstioFlow[] {
    const waypoints = pods
      .list(this.#store, gateway.namespace)
      .filter(
        pod =>
          isReady(pod) &&
          pod.labels['gateway.networking.k8s.io/gateway-name'] === gateway.name,
      );
    const { request, client } = base;
    const allowed = isAllowed(
      policiesForWaypoint(this.#store, service, gateway),
      {
        principal: principalOf(client),
        port: request.port,
        method: request.method,
        path: request.path,
        http: true,
      },
    );
    return waypoints.flatMap(waypoint => {
      const part = {
        ...base,
        called: service,
        waypoint,
        rate: base.rate / waypoints.length,
      };
      if (!allowed) {
        return [
          local(
            { ...part, service },
            { by: 'waypoint', code: 403, flags: '-' },
          ),
        ];
      }
      return legsOfWaypoint(this.#store, waypoint, service, request).flatMap(
        leg => {
          const share = { ...part, rate: part.rate * leg.share };
          return 'answer' in leg
            ? [local({ ...share, service }, { by: 'waypoint', ...leg.answer })]
            : this.#toEndpoints(
                share,
                leg.service,
                leg.port,
                endpoint => this.#wireOf(endpoint, undefined),
                undefined,
                waypoint,
              );
        },
      );
    });
  }

  #toEndpoints(
    base: Base & { waypoint?: Pod; called?: Service },
    service: Service,
    port: number,
    wireOf: (endpoint: Endpoint) => 'mtls' | 'plaintext',
    selected: (endpoint: Endpoint) => boolean = () => true,
    peer: Pod = base.client,
  ): IstioFlow[] {
    const servicePort = portOf(service, port);
    const endpoints = servicePort
      ? endpointsOf(this.#store, service, servicePort).filter(selected)
      : [];
    if (endpoints.length === 0) {
      const answer = { code: 503, flags: 'UH' };
      return [
        local(
          { ...base, service },
          base.waypoint
            ? { by: 'waypoint', ...answer }
            : { by: 'client', ...answer, clusterKnown: true },
        ),
      ];
    }
    return endpoints.flatMap(endpoint => {
      const wire = wireOf(endpoint);
      const flow = {
        ...base,
        service,
        server: endpoint.pod,
        wire,
        rate: base.rate / endpoints.length,
      };
      const refused = refusal(
        this.#store,
        endpoint,
        wire,
        principalOf(peer),
        base.request,
      );
      return refused
        ? [{ ...flow, outcome: refused, latency: LOCAL_LATENCY }]
        : this.#answers(flow, endpoint.pod);
    });
  }

  /** The application answers, mostly well. */
  #answers(
    flow: Omit<IstioFlow, 'outcome' | 'latency'>,
    server: Pod,
  ): IstioFlow[] {
    const { latency, errors } = behaviourOf(this.#profile, server);
    const failing = (errors?.percent ?? 0) / 100;
    const answer = (code: number, share: number): IstioFlow[] =>
      share > 0
        ? [
            {
              ...flow,
              rate: flow.rate * share,
              outcome: { by: 'server', code },
              latency,
            },
          ]
        : [];
    return flow.request.protocol === 'tcp'
      ? answer(0, 1)
      : [...answer(200, 1 - failing), ...answer(errors?.code ?? 500, failing)];
  }
}

/** The flows of a call: every pod of the caller, every kind of request, every pod that it reaches. */
export function walkIstioCall(
  store: ObjectStore,
  profile: TrafficProfile,
  call: Call,
): IstioFlow[] {
  const walker = new Walker(store, profile);
  const clients = podsOf(store, call.from);
  const pace = `${call.from.namespace}/${call.from.deployment} ${call.to}`;
  return requestsOf(call).flatMap(request =>
    clients.flatMap(client =>
      walker.walk({
        request,
        rate: request.rate / clients.length,
        pace,
        client,
      }),
    ),
  );
}

function local(
  base: Omit<IstioFlow, 'wire' | 'outcome' | 'latency'>,
  outcome: Outcome,
): IstioFlow {
  return { ...base, wire: 'plaintext', outcome, latency: LOCAL_LATENCY };
}
