import { PolicyIntent } from '../intent';
import { PolicyGenerator } from '../manifest';
import { retryNotes } from '../retryBudget';
import { callersNotes, podsNote, service, serviceAccount } from '../service';
import { callersPolicies } from './callers';
import { routes } from './routes';
import { server } from './server';
import { resilienceNotes, serviceAnnotations } from './serviceAnnotations';

/**
 * Linkerd. Mutual TLS between meshed pods needs no object; that nothing else is let in is said by the Server
 * of the port and by who is authorized for it. What callers' proxies do is said by annotations of the Service.
 */
export const linkerdPolicies: PolicyGenerator = {
  mesh: 'linkerd',
  carried: () => ({
    labels: { 'linkerd.io/control-plane-ns': 'linkerd' },
    containers: [{ name: 'linkerd-proxy', image: 'linkerd/proxy' }],
  }),
  generate(task) {
    const { intent } = task;
    return {
      manifests: [
        serviceAccount(task),
        service(task, serviceAnnotations(intent)),
        server(task),
        ...callersPolicies(task),
        ...routes(task),
      ],
      notes: [
        podsNote(task),
        ...callersNotes(task),
        ...resilienceNotes(intent),
        ...(intent.resilience.retries?.idempotent
          ? retryNotes(intent.resilience)
          : []),
        ...probeNotes(intent),
      ],
    };
  },
};

function probeNotes({ protocol, probes, port }: PolicyIntent): string[] {
  if (protocol === 'tcp') {
    return [];
  }
  return protocol === 'http' && probes.length === 0
    ? [
        `No path of a probe is given: HTTP probes on port ${port} would be refused, since the route of the Server takes away those that Linkerd lets in by itself`,
      ]
    : [
        'The paths of the probes are open to every network; narrow the NetworkAuthentication to the networks of your nodes',
      ];
}
