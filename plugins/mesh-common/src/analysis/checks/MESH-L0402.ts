import { isMeshedService } from '../../linkerd/meshed';
import { isKnownAppProtocol } from '../../linkerd/outboundProtocol';
import { defineCheck } from '../check';

/** Protocols that Linkerd would read if it knew the name. */
const READABLE = /^(?:[^/]+\/)?(?:grpc(?:-web)?|http2?|http\/[\d.]+|h2c?|ws)$/i;

export const appProtocolUnknown = defineCheck({
  code: 'MESH-L0402',
  level: 'warning',
  title: 'Linkerd does not know the appProtocol of a port',
  explanation:
    'Linkerd knows http and kubernetes.io/h2c, and treats a port with any other appProtocol as opaque: there are no routes, no retries and no HTTP metrics on it, and connections are balanced instead of requests. Without appProtocol it detects HTTP/1 and HTTP/2 (so gRPC too).',
  upstream: 'policy-controller/core/src/outbound.rs, AppProtocol (linkerd2)',
  mesh: 'linkerd',
  subject: 'Service',
  needs: ['Pod'],
  *run(service, snapshot) {
    for (const [index, { port, appProtocol }] of service.spec.ports.entries()) {
      if (
        appProtocol &&
        READABLE.test(appProtocol) &&
        !isKnownAppProtocol(appProtocol) &&
        isMeshedService(snapshot, service)
      ) {
        yield {
          message: `Port ${port} of Service ${service.metadata.name} has the appProtocol ${appProtocol}, which Linkerd does not know: it treats the port as opaque`,
          field: `spec.ports[${index}].appProtocol`,
        };
      }
    }
  },
});
