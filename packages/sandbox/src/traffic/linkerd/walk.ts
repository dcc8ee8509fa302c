import type { ObjectStore } from '../../store/types';
import type { Pod, Service } from '../../world/coreKinds';
import { endpointsOf, portOf, type Endpoint } from '../endpoints';
import { resolveHost } from '../hosts';
import { behaviourOf } from '../latency';
import type { Call, TrafficProfile } from '../profile';
import { requestsOf } from '../request';
import { podsOf } from '../workload';
import type { LinkerdFlow } from './flow';
import { decideInbound } from './inbound';
import { isOpaquePort, legsOf, type LinkerdLeg } from './outbound';
import { proxyOf, type LinkerdProxy } from './proxy';

const LOCAL_LATENCY = { p50: 0.4, p99: 2 };

type Base = Pick<
  LinkerdFlow,
  'request' | 'rate' | 'pace' | 'client' | 'service' | 'opaque' | 'outbound'
>;

class Walker {
  readonly #store: ObjectStore;
  readonly #profile: TrafficProfile;

  constructor(store: ObjectStore, profile: TrafficProfile) {
    this.#store = store;
    this.#profile = profile;
  }

  walk(base: Base): LinkerdFlow[] {
    const { client, service, request } = base;
    const port = portOf(service, request.port);
    const proxy = proxyOf(client);
    const opaque =
      request.protocol === 'tcp' ||
      (port !== undefined && isOpaquePort(this.#store, service, port));
    if (!proxy || proxy.skipsOutbound(request.port)) {
      return this.#toEndpoints(
        { ...base, opaque },
        service,
        request.port,
        false,
      );
    }
    if (opaque) {
      return this.#toEndpoints(
        { ...base, opaque, outbound: {} },
        service,
        request.port,
        true,
      );
    }
    return legsOf(this.#store, client, service, request).flatMap(leg =>
      this.#follow({ ...base, opaque: false }, leg),
    );
  }

  #follow(base: Base, leg: LinkerdLeg): LinkerdFlow[] {
    const part = {
      ...base,
      rate: base.rate * leg.share,
      outbound: leg.outbound,
    };
    return 'code' in leg
      ? [local(part, leg.code)]
      : this.#toEndpoints(part, leg.service, leg.port, true);
  }

  #toEndpoints(
    base: Base,
    service: Service,
    port: number,
    proxied: boolean,
  ): LinkerdFlow[] {
    const servicePort = portOf(service, port);
    const endpoints = servicePort
      ? endpointsOf(this.#store, service, servicePort)
      : [];
    if (endpoints.length === 0) {
      // The proxy's balancer fails fast; without a proxy nothing is counted anywhere.
      return proxied ? [local(base, 503)] : [];
    }
    return endpoints.flatMap(endpoint =>
      this.#connect(
        { ...base, rate: base.rate / endpoints.length },
        endpoint,
        proxied,
      ),
    );
  }

  /** mTLS wherever a proxy calls a proxy that takes the port. */
  #connect(base: Base, endpoint: Endpoint, proxied: boolean): LinkerdFlow[] {
    const { pod, port } = endpoint;
    const serverProxy = proxyOf(pod);
    const taken = serverProxy && !serverProxy.skipsInbound(port);
    const tls = proxied && taken === true;
    const flow = { ...base, server: pod, port, tls };
    if (!taken) {
      return this.#answers(flow, pod);
    }
    const inbound = this.#inbound(base, endpoint, serverProxy, tls);
    if (inbound.verdict === 'allow') {
      return this.#answers({ ...flow, inbound }, pod);
    }
    return [
      {
        ...flow,
        inbound,
        outcome: {
          by: 'server proxy',
          code: inbound.verdict === 'deny' ? 403 : 404,
        },
        latency: LOCAL_LATENCY,
      },
    ];
  }

  #inbound(
    { client, request }: Base,
    { pod, port }: Endpoint,
    proxy: LinkerdProxy,
    tls: boolean,
  ) {
    const identity = tls ? proxyOf(client)?.identity : undefined;
    return decideInbound(
      this.#store,
      pod,
      proxy,
      port,
      { ...(identity && { identity }), ip: client.body.status.podIP ?? '' },
      request,
    );
  }

  #answers(
    flow: Omit<LinkerdFlow, 'outcome' | 'latency'>,
    server: Pod,
  ): LinkerdFlow[] {
    const { latency, errors } = behaviourOf(this.#profile, server);
    const failing = flow.opaque ? 0 : (errors?.percent ?? 0) / 100;
    return [
      { code: 200, share: 1 - failing },
      { code: errors?.code ?? 500, share: failing },
    ]
      .filter(({ share }) => share > 0)
      .map(({ code, share }) => ({
        ...flow,
        rate: flow.rate * share,
        outcome: { by: 'server', code },
        latency,
      }));
  }
}

/** The flows of a call: every pod of the caller, every kind of request, every pod that it reaches. */
export function walkLinkerdCall(
  store: ObjectStore,
  profile: TrafficProfile,
  call: Call,
): LinkerdFlow[] {
  const walker = new Walker(store, profile);
  const clients = podsOf(store, call.from);
  const pace = `${call.from.namespace}/${call.from.deployment} ${call.to}`;
  return requestsOf(call).flatMap(request =>
    clients.flatMap(client => {
      const service = resolveHost(store, client.namespace, request.host);
      const rate = request.rate / clients.length;
      return service
        ? walker.walk({ request, rate, pace, client, service, opaque: true })
        : [];
    }),
  );
}

/** The client's proxy answers itself. */
function local(base: Base, code: number): LinkerdFlow {
  return {
    ...base,
    tls: false,
    outcome: { by: 'client proxy', code },
    latency: LOCAL_LATENCY,
  };
}
